import { expect, test } from 'vitest'
import { maxFrameBytes, readFrame } from '#sync-worker/frame-check.ts'

const check = (frame: unknown) => readFrame(JSON.stringify(frame), 'persona_a')
const pull = { _tag: 'Request', id: '0', tag: 'SyncWsRpc.Pull', payload: { storeId: 'persona_a' }, headers: [] }

test('[SY9] the messages of Effect RPC pass', () => {
  const others = [
    { _tag: 'Eof' },
    { _tag: 'Ping' },
    { _tag: 'Interrupt', requestId: '0' },
    { _tag: 'Ack', requestId: '1' },
  ]
  for (const message of [pull, ...others]) expect(check(message)).toEqual(message)
})

test('[SY9] what is no message is refused', () => {
  for (const frame of ['', '{', 'null', '7', '"Request"', '[]', '{"_tag":"Exit"}'])
    expect(readFrame(frame, 'persona_a')).toBe('MalformedFrame')
  expect(readFrame(new ArrayBuffer(8), 'persona_a')).toBe('MalformedFrame')
  for (const id of [7, '', 'x', '1'.repeat(21)]) expect(check({ ...pull, id })).toBe('MalformedFrame')
  expect(check({ ...pull, payload: null })).toBe('MalformedFrame')
  expect(check([pull])).toBe('MalformedFrame')
})

test('[SY7] a message of more than 1 000 000 bytes is refused', () => {
  const sized = (bytes: number) => JSON.stringify({ _tag: 'Ping' }).padEnd(bytes)
  expect(readFrame(sized(maxFrameBytes), 'persona_a')).toEqual({ _tag: 'Ping' })
  expect(readFrame(sized(maxFrameBytes + 1), 'persona_a')).toBe('FrameTooLarge')
})

test('[SY10] a message that names another store, or none, is refused', () => {
  expect(check({ ...pull, payload: { storeId: 'persona_b' } })).toBe('ForeignStore')
  expect(check({ ...pull, payload: {} })).toBe('ForeignStore')
})
