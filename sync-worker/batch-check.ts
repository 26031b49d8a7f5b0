import { Data, Schema } from 'effect'
import { isId } from '#schema/shared/ids.ts'
import { KeyId } from './key-id.ts'

/**
 * What may be appended to a log, decided before anything is stored.
 *
 *     log      … 7 ─ 8 (head)
 *     batch          └─ 9 ─ 10     appended
 *                └─ 8 ─ 9          behind the head: LiveStore answers ServerAhead and the client rebases
 *                          └─ 11   ahead of the head: refused, the events between are missing
 *                    └─ 9 ─ 11     broken inside: refused
 *
 * Content is not looked at, because it is the device's secret: only its size, and that it has the form of what is sealed.
 */
export const refusalForBatch = (batch: readonly PushedEvent[], head: number): BatchRefusal | undefined => {
  if (batch.length > maxBatchEvents) return new BatchTooLong({ events: batch.length })
  const bytes = batch.map((event) => new TextEncoder().encode(JSON.stringify(event)).byteLength)
  for (const [index, event] of batch.entries()) {
    const refusal = refusalForEvent(event, bytes[index] ?? 0, batch[index - 1])
    if (refusal !== undefined) return refusal
  }
  const total = bytes.reduce((sum, size) => sum + size, 0)
  if (total > maxBatchBytes) return new BatchTooLarge({ bytes: total })
  const parent = batch[0]?.parentSeqNum ?? head
  return parent > head ? new BatchAheadOfLog({ parent, head }) : undefined
}

/** The limits LiveStore's clients split their batches by. */
const maxBatchEvents = 100
const maxBatchBytes = 900_000
const maxEventBytes = 900_000

/** LiveStore's `LiveStoreEvent.Global.Encoded`, as it comes from a device. */
export interface PushedEvent {
  readonly name: string
  readonly args: unknown
  readonly seqNum: number
  readonly parentSeqNum: number
  readonly clientId: string
  readonly sessionId: string
}

export type BatchRefusal =
  | BatchTooLong
  | BatchTooLarge
  | BatchAheadOfLog
  | BatchNotContiguous
  | EventTooLarge
  | EventNotSealed
  | IllegalDevice
  | MixedDevices

const refusalForEvent = (event: PushedEvent, bytes: number, previous: PushedEvent | undefined) => {
  const { seqNum, parentSeqNum, clientId, sessionId } = event
  if (bytes > maxEventBytes) return new EventTooLarge({ seqNum, bytes })
  if (!isSealed({ name: event.name, args: event.args })) return new EventNotSealed({ seqNum })
  if (!isId(clientId) || !/^[\w-]{1,64}$/.test(sessionId)) return new IllegalDevice({ seqNum })
  if (previous !== undefined && clientId !== previous.clientId) return new MixedDevices({ seqNum })
  const follows = seqNum === parentSeqNum + 1 && (previous === undefined || parentSeqNum === previous.seqNum)
  return follows ? undefined : new BatchNotContiguous({ seqNum })
}

/** As the devices seal: of what they say not even the name can be read here. */
const SealedText = Schema.Struct({
  keyId: KeyId,
  nonce: Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9+/]{16}$/)),
  ciphertext: Schema.String.pipe(Schema.pattern(/^[A-Za-z0-9+/]+={0,2}$/)),
})
/** What tells of many things at once has parts, one for each. */
const SealedEvent = Schema.Struct({
  name: Schema.Literal('v1.Sealed'),
  args: Schema.Struct({ ...SealedText.fields, parts: Schema.optional(Schema.Array(SealedText)) }),
})
const isSealed = Schema.is(SealedEvent, { onExcessProperty: 'error' })

export class BatchTooLong extends Data.TaggedError('BatchTooLong')<{ readonly events: number }> {
  override get message() {
    return `A batch holds at most ${maxBatchEvents} events; this one holds ${this.events}.`
  }
}

export class BatchTooLarge extends Data.TaggedError('BatchTooLarge')<{ readonly bytes: number }> {
  override get message() {
    return `A batch holds at most ${maxBatchBytes} bytes; this one holds ${this.bytes}.`
  }
}

export class BatchAheadOfLog extends Data.TaggedError('BatchAheadOfLog')<{
  readonly parent: number
  readonly head: number
}> {
  override get message() {
    return `The log ends at event ${this.head}, so nothing can follow event ${this.parent}.`
  }
}

export class BatchNotContiguous extends Data.TaggedError('BatchNotContiguous')<{ readonly seqNum: number }> {
  override get message() {
    return `Event ${this.seqNum} does not follow the event before it.`
  }
}

export class EventTooLarge extends Data.TaggedError('EventTooLarge')<{
  readonly seqNum: number
  readonly bytes: number
}> {
  override get message() {
    return `An event holds at most ${maxEventBytes} bytes; event ${this.seqNum} holds ${this.bytes}.`
  }
}

export class EventNotSealed extends Data.TaggedError('EventNotSealed')<{ readonly seqNum: number }> {
  override get message() {
    return `Event ${this.seqNum} is not sealed. This sync side takes nothing that it could read.`
  }
}

export class IllegalDevice extends Data.TaggedError('IllegalDevice')<{ readonly seqNum: number }> {
  override get message() {
    return `Event ${this.seqNum} does not say which device it is from.`
  }
}

export class MixedDevices extends Data.TaggedError('MixedDevices')<{ readonly seqNum: number }> {
  override get message() {
    return `Event ${this.seqNum} is from another device than the events before it.`
  }
}
