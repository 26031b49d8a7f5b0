import type { OpenedEvent } from '#bundle/opened-events.ts'
import { eventSentence } from '#schema/stores/event-sentence.ts'
import { stampReader } from '#schema/stores/event-times.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { parsed } from './arguments.ts'
import { oneBundle, openedBundle } from './opened-bundle.ts'
import { openedByFrom, openingOptions } from './passphrase.ts'

/** Prints the events of a bundle, one a line, as sentences or as one JSON. */
export const logCommand = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parsed(args, {
    filter: { type: 'string', multiple: true },
    json: { type: 'boolean', default: false },
    ...openingOptions,
  })
  const { events } = await openedBundle(oneBundle(positionals), () => openedByFrom(values))
  const wanted = (values.filter ?? []).map((text) => text.toLowerCase())
  const timeOf = stampReader(personaSchema)
  let shown = 0
  for await (const event of events()) {
    const line = lineOf(event, timeOf(event))
    if (!wanted.every((text) => searchedIn(event, line).includes(text))) continue
    if (values.json) console.log(`${shown === 0 ? '[' : ','}${JSON.stringify(line)}`)
    else console.log([line.n, line.at, line.who, line.device, line.sentence].join('  '))
    shown++
  }
  if (values.json) console.log(shown === 0 ? '[]' : ']')
  return 0
}

interface LogLine {
  readonly n: number
  /** As the device says; when it does not, when the server took it. */
  readonly at: string
  readonly receivedAt: string
  readonly who: string
  readonly device: string
  /** The account that sent it, as the server knew it. */
  readonly account: string | null
  readonly name: string
  readonly sentence: string
  readonly args: unknown
}

const lineOf = (event: OpenedEvent, at: number | undefined): LogLine => {
  const { seqNum, name, args, receivedAt, device, actor } = event
  return {
    n: seqNum,
    at: timeIn(at ?? receivedAt),
    receivedAt: timeIn(receivedAt),
    who: textIn(args, 'actorId') ?? actor ?? 'unknown',
    device: textIn(args, 'deviceId') ?? device,
    account: actor,
    name,
    sentence: eventSentence({ name, args }),
    args,
  }
}

const timeIn = (ms: number) => (Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : 'unknown')

const textIn = (args: unknown, field: 'actorId' | 'deviceId'): string | undefined => {
  const value =
    typeof args === 'object' && args !== null ? (args as Readonly<Record<string, unknown>>)[field] : undefined
  return typeof value === 'string' ? value : undefined
}

const searchedIn = (event: OpenedEvent, { sentence, at, who, device }: LogLine) =>
  `${event.name} ${sentence} ${at} ${who} ${device} ${JSON.stringify(event.args)}`.toLowerCase()
