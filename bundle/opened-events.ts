import { EventSequenceNumber } from '@livestore/livestore'
import type { Entry } from '#proof/chain.ts'
import { type Event, openAll } from '#sealing/sealed-event.ts'
import type { SubjectKeys } from '#sealing/subject-keys.ts'
import { jsonIn } from './lines.ts'

/** An event as its author wrote it, and what the server knows of it. What was erased is `v1.Erased`. */
export interface OpenedEvent {
  readonly seqNum: number
  readonly name: string
  readonly args: unknown
  readonly receivedAt: number
  readonly device: string
  /** The account that sent it, when that was noted. */
  readonly actor: string | null
}

/** Opens entry after entry. Throws what `openAll` does when one does not open. */
export async function* openedEvents(
  entries: AsyncIterable<Entry>,
  keys: SubjectKeys,
  storeId: string,
): AsyncGenerator<OpenedEvent, void> {
  let batch: Entry[] = []
  for await (const entry of entries) {
    batch.push(entry)
    if (batch.length < batchLength) continue
    yield* await opened(batch, keys, storeId)
    batch = []
  }
  yield* await opened(batch, keys, storeId)
}

const opened = async (entries: readonly Entry[], keys: SubjectKeys, storeId: string): Promise<OpenedEvent[]> => {
  const events = await openAll(keys, storeId, entries.map(sealedEvent))
  return entries.map(({ n, acceptedAt, device, actor }, index) => ({
    seqNum: n,
    name: events[index]?.name ?? '',
    args: events[index]?.args,
    receivedAt: acceptedAt,
    device,
    actor,
  }))
}

const sealedEvent = ({ n, parent, name, args, device, session }: Entry): Event => ({
  name,
  args: jsonIn(args),
  seqNum: EventSequenceNumber.Global.make(n),
  parentSeqNum: EventSequenceNumber.Global.make(parent),
  clientId: device,
  sessionId: session,
})

/** WebCrypto opens many at once faster than one after the other. */
const batchLength = 200
