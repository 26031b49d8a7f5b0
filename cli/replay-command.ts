import { stampReader } from '#schema/stores/event-times.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import type { LogEvent } from '#schema/stores/replay.ts'
import { parsed, pathFrom } from './arguments.ts'
import { oneBundle, openedBundle } from './opened-bundle.ts'
import { openedByFrom, openingOptions } from './passphrase.ts'
import { Problem } from './problem.ts'
import { progress } from './progress.ts'
import { replayToFile } from './replay-file.ts'

/** Writes the state that a bundle's log makes as a SQLite file, whole or up to an event or a time. */
export const replayCommand = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parsed(args, {
    to: { type: 'string' },
    out: { type: 'string' },
    json: { type: 'boolean', default: false },
    ...openingOptions,
  })
  const path = oneBundle(positionals)
  if (values.out === undefined) throw new Problem('Say where the state goes: --out FILE.sqlite', 'usage')
  const isOver = endOf(values.to)
  const { events } = await openedBundle(path, () => openedByFrom(values))
  const say = progress()
  const out = pathFrom(values.out)
  const state = await replayToFile('persona', until(events(), isOver), out, (done) => say(`${done} events replayed`))
  if (state instanceof Error) throw new Problem(`${path}: ${state.message}`)
  const tables = Object.fromEntries(state.tables)
  const { head, hash } = state
  const skipped = Object.fromEntries(state.skipped)
  if (values.json) console.log(JSON.stringify({ out, head, hash, tables, skipped }))
  else
    console.log(
      [
        `${out}: the state after event ${head}`,
        `  ${hash}  all`,
        ...Object.entries(tables).map(([table, of]) => `  ${of}  ${table}`),
        ...Object.entries(skipped).map(([name, count]) => `${count} events ${name} change nothing in this version.`),
      ].join('\n'),
    )
  return 0
}

type IsOver = (event: LogEvent) => boolean

async function* until<E extends LogEvent>(events: AsyncIterable<E>, isOver: IsOver): AsyncGenerator<E, void> {
  for await (const event of events) {
    if (isOver(event)) return
    yield event
  }
}

/** After which event to end: a number, or a time that any JavaScript reads. */
const endOf = (to: string | undefined): IsOver => {
  if (to === undefined) return () => false
  if (/^\d+$/.test(to)) return ({ seqNum }) => seqNum > Number(to)
  const time = Date.parse(to)
  if (Number.isNaN(time))
    throw new Problem(`“${to}” is neither the number of an event nor a time such as 2026-03-01T10:00:00Z.`, 'usage')
  // Times never go back where numbers go on: the first event after it ends the log.
  const stampOf = stampReader(personaSchema)
  return (event) => Math.min(stampOf(event) ?? 0, event.receivedAt ?? Number.POSITIVE_INFINITY) > time
}
