import { EventSequenceNumber } from '@livestore/livestore'
import { Data } from 'effect'
import type { Entry } from '#proof/chain.ts'
import { type Event, openAll } from '#sealing/sealed-event.ts'
import { KeyMissing, type SubjectKeys } from '#sealing/subject-keys.ts'
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

/** Opens entry after entry. Throws `EventClosed` when one does not open. */
export async function* openedEvents(
  entries: AsyncIterable<Entry>,
  keys: SubjectKeys,
  storeId: string,
): AsyncGenerator<OpenedEvent, void> {
  let batch: Entry[] = []
  for await (const entry of entries) {
    batch.push(entry)
    if (batch.length < batchLength) continue
    yield* await openedEntries(batch, keys, storeId)
    batch = []
  }
  yield* await openedEntries(batch, keys, storeId)
}

/** The same of entries that are all here. */
export const openedEntries = async (
  entries: readonly Entry[],
  keys: SubjectKeys,
  storeId: string,
): Promise<readonly OpenedEvent[]> => {
  const events = await openAll(keys, storeId, entries.map(sealedEvent)).catch(async (error: unknown) => {
    // Which of them it was is asked only when there is one.
    for (const entry of entries)
      await openAll(keys, storeId, [sealedEvent(entry)]).catch((cause: unknown) => {
        throw new EventClosed({ seqNum: entry.n, missingKey: cause instanceof KeyMissing ? cause.keyId : null })
      })
    throw error
  })
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

/** An event that the keys of the bundle do not open, though nobody says that it was erased. */
export class EventClosed extends Data.TaggedError('EventClosed')<{
  readonly seqNum: number
  readonly missingKey: string | null
}> {
  override get message() {
    const { seqNum, missingKey } = this
    return missingKey === null
      ? `Event ${seqNum} does not open: it was changed, or moved from another place.`
      : `Event ${seqNum} does not open: its key ${missingKey} is not in the table of keys.`
  }
}
