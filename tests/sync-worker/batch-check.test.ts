import { expect, test } from 'vitest'
import {
  BatchAheadOfLog,
  BatchNotContiguous,
  BatchTooLarge,
  BatchTooLong,
  EventNotSealed,
  EventTooLarge,
  IllegalDevice,
  MixedDevices,
  type PushedEvent,
  refusalForBatch,
} from '#sync-worker/batch-check.ts'

const head = 8

test('[SY11] a batch that continues the log is taken', () => {
  expect(refusalForBatch([event(9), event(10)], head)).toBeUndefined()
})

test('[SY11] a batch behind the head is left to LiveStore, which tells the device to rebase', () => {
  expect(refusalForBatch([event(8), event(9)], head)).toBeUndefined()
})

test('[SY12] a batch that leaves a gap after the log is refused', () => {
  expect(refusalForBatch([event(10)], head)).toEqual(new BatchAheadOfLog({ parent: 9, head }))
})

test('[SY13] a batch broken inside is refused: a gap, a fork, a repeat, a wrong parent', () => {
  const refused = (...batch: readonly PushedEvent[]) => refusalForBatch(batch, head)
  expect(refused(event(9), event(11))).toBeInstanceOf(BatchNotContiguous)
  expect(refused(event(9), event(9))).toBeInstanceOf(BatchNotContiguous)
  expect(refused(event(9), { ...event(10), parentSeqNum: 8 })).toBeInstanceOf(BatchNotContiguous)
  expect(refused({ ...event(9), seqNum: 99 })).toBeInstanceOf(BatchNotContiguous)
  expect(refused({ ...event(9), seqNum: 8.5 })).toBeInstanceOf(BatchNotContiguous)
})

test('[SY14] an event of 900 000 bytes is taken, one of a byte more is refused', () => {
  const padded = (bytes: number) => {
    const bare = JSON.stringify(event(9, '')).length
    return event(9, 'x'.repeat(bytes - bare))
  }
  expect(refusalForBatch([padded(900_000)], head)).toBeUndefined()
  expect(refusalForBatch([padded(900_001)], head)).toEqual(new EventTooLarge({ seqNum: 9, bytes: 900_001 }))
})

test('[SY14] size is counted in bytes, not in characters', () => {
  expect(refusalForBatch([event(9, '語'.repeat(300_000))], head)).toBeInstanceOf(EventTooLarge)
})

test('[SY15] a batch of more than 100 events, or of more than 900 000 bytes, is refused', () => {
  const batch = (length: number, text: string) => Array.from({ length }, (_, index) => event(9 + index, text))
  expect(refusalForBatch(batch(100, 'A'), head)).toBeUndefined()
  expect(refusalForBatch(batch(101, 'A'), head)).toEqual(new BatchTooLong({ events: 101 }))
  expect(refusalForBatch(batch(3, 'x'.repeat(400_000)), head)).toBeInstanceOf(BatchTooLarge)
})

test('[SY39] an event that is not sealed is refused', () => {
  const sealed = event(9)
  expect(refusalForBatch([sealed], head)).toBeUndefined()
  const { keyId, nonce } = { keyId: 'k'.repeat(22), nonce: 'n'.repeat(16) }
  const text = { keyId, nonce, ciphertext: 'AAAA' }
  expect(refusalForBatch([{ ...sealed, args: { ...text, parts: [text, text] } }], head)).toBeUndefined()
  const forms = [
    { ...sealed, name: 'v1.PersonaCreated' },
    { ...sealed, name: 'v2.Sealed' },
    ...[
      undefined,
      { personaId: 'ada', name: 'Ada' },
      { keyId, nonce },
      { keyId: 'short', nonce, ciphertext: 'AAAA' },
      { keyId, nonce: 'n', ciphertext: 'AAAA' },
      { keyId, nonce, ciphertext: '' },
      { keyId, nonce, ciphertext: '{"name":"Ada"}' },
      { ...text, name: 'Ada' },
      { ...text, parts: [{ ...text, name: 'Ada' }] },
      { ...text, parts: [{ memoryId: 'm1' }] },
    ].map((args) => ({ ...sealed, args })),
  ]
  for (const form of forms) expect(refusalForBatch([form], head)).toEqual(new EventNotSealed({ seqNum: 9 }))
})

test('[SY17] an event without a legal device is refused', () => {
  for (const clientId of ['', 'A', 'a/b', 'x'.repeat(41)])
    expect(refusalForBatch([{ ...event(9), clientId }], head)).toBeInstanceOf(IllegalDevice)
  expect(refusalForBatch([{ ...event(9), sessionId: 'a b' }], head)).toBeInstanceOf(IllegalDevice)
})

test('[SY18] a batch from two devices is refused', () => {
  expect(refusalForBatch([event(9), { ...event(10), clientId: 'phone' }], head)).toEqual(
    new MixedDevices({ seqNum: 10 }),
  )
})

const event = (seqNum: number, text = 'hello'): PushedEvent => ({
  name: 'v1.Sealed',
  args: { keyId: 'k'.repeat(22), nonce: 'n'.repeat(16), ciphertext: text },
  seqNum,
  parentSeqNum: seqNum - 1,
  clientId: 'laptop',
  sessionId: 'static',
})
