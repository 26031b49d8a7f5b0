import { expect, test } from 'vitest'
import { serverForThisFile } from '#tests/support/served.ts'
import { openDevice } from './device.ts'
import { pullEvents, push } from './http.ts'
import { cookieFor, openSocket, personWith } from './people.ts'
import { event, outcomeOf } from './rpc.ts'

const server = serverForThisFile()

test('[SY20] two devices that write at the same time end with the same notes', async () => {
  const laptop = await openDevice(server.url, 'persona_both', 'laptop')
  const phone = await openDevice(server.url, 'persona_both', 'phone')
  for (let round = 0; round < 20; round++) {
    laptop.write(`l${round}`, 'shared')
    phone.write(`p${round}`, 'shared')
    if (round % 5 === 0) await new Promise((resolve) => setTimeout(resolve, 20)) // so that rounds meet in the middle
  }
  await expect.poll(() => laptop.notes()).toHaveLength(41)
  await expect.poll(() => phone.notes()).toEqual(laptop.notes())

  const log = await pullEvents(server.url, 'persona_both')
  expect(log.map(({ seqNum }) => seqNum)).toEqual(Array.from({ length: 80 }, (_, index) => index + 1))
  await Promise.all([laptop.close(), phone.close()])
}, 60_000)

test('[SY11] a batch behind the head is told how far the log is, and is not stored', async () => {
  await push(server.url, 'persona_behind', [event(1), event(2)])
  expect(await outcomeOf(await push(server.url, 'persona_behind', [event(2, 'late')]))).toBe('ServerAheadError')
  expect(await pullEvents(server.url, 'persona_behind')).toEqual([event(1), event(2)])
})

test('[SY19] a refused push stores nothing, says why, and harms no other device', async () => {
  const storeId = 'persona_refusals'
  const laptop = await openDevice(server.url, storeId, 'laptop')
  laptop.write('before')
  await expect.poll(() => pullEvents(server.url, storeId)).toHaveLength(1)

  const refused = async (...batch: Parameters<typeof push>[2]) => outcomeOf(await push(server.url, storeId, batch))
  expect(await refused(event(9))).toBe('BatchAheadOfLog')
  expect(await refused(event(2), event(4))).toBe('BatchNotContiguous')
  expect(await refused(event(2), event(2))).toBe('BatchNotContiguous')
  expect(await refused(event(2, 'x'.repeat(680_000)))).toBe('EventTooLarge')
  expect(await refused(...Array.from({ length: 101 }, (_, index) => event(2 + index)))).toBe('BatchTooLong')
  expect(await refused({ ...event(2), name: 'v1.NoteWritten', args: { text: 'plain' } })).toBe('EventNotSealed')
  expect(await refused({ ...event(2), clientId: 'a/b' })).toBe('IllegalDevice')
  expect(await refused(event(2), event(3, 'forged', 'phone'))).toBe('MixedDevices')

  expect(await pullEvents(server.url, storeId)).toHaveLength(1)
  laptop.write('after')
  await expect.poll(() => pullEvents(server.url, storeId)).toHaveLength(2)
  await laptop.close()
})

test('[SY10] a push or a pull that names another store is refused, over HTTP and over a socket', async () => {
  await push(server.url, 'persona_own', [event(1)])
  const overHttp = await push(server.url, 'persona_own', [event(2)], 'persona_other')
  expect(overHttp.status).toBe(403)
  expect(await overHttp.json()).toMatchObject({ error: { code: 'ForeignStore' } })

  const request = { _tag: 'Request', id: '0', tag: 'SyncWsRpc.Pull', headers: [] }
  const pull = { storeId: 'persona_other', live: true, cursor: { _tag: 'None' } }
  expect(await closedBy(JSON.stringify({ ...request, payload: pull }))).toEqual({ code: 1008, reason: 'ForeignStore' })

  expect(await pullEvents(server.url, 'persona_own')).toEqual([event(1)])
  expect(await pullEvents(server.url, 'persona_other')).toEqual([])
})

test('[SY9] a socket that talks nonsense is closed with the reason; the log goes on for others', async () => {
  await push(server.url, 'persona_own2', [event(1)])
  expect(await closedBy('{')).toEqual({ code: 1008, reason: 'MalformedFrame' })
  expect(await closedBy(' '.repeat(1_000_001))).toEqual({ code: 1008, reason: 'FrameTooLarge' })
  expect(await outcomeOf(await push(server.url, 'persona_own2', [event(2)]))).toBe('Success')
})

test('[SY25] stores do not see each other', async () => {
  await push(server.url, 'persona_a', [event(1, 'for a')])
  await push(server.url, 'workspace_a', [event(1, 'for the workspace')])
  expect(await pullEvents(server.url, 'persona_a')).toEqual([event(1, 'for a')])
  expect(await pullEvents(server.url, 'workspace_a')).toEqual([event(1, 'for the workspace')])
  expect(await pullEvents(server.url, 'persona_b')).toEqual([])
})

/** How the sync side closes a socket to `persona_own` that sends this. */
const closedBy = async (frame: string) => {
  const socket = await openSocket(personWith(server.url, await cookieFor(server.url)), 'persona_own')
  socket.send(frame)
  return socket.closed
}
