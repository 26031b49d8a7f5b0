import { afterEach, beforeAll, expect, test } from 'vitest'
import { serverForThisFile } from '#tests/support/served.ts'
import { openDevice } from './device.ts'
import { pullAs, pushAs } from './http.ts'
import { knock, openSocket, type Person, personWith, signIn } from './people.ts'
import { event, eventsIn, outcomeOf, pushFrame } from './rpc.ts'

const storeId = 'persona_target'
const server = serverForThisFile()
let owner: Person
let viewer: Person
let stranger: Person

beforeAll(async () => {
  ;[owner, viewer, stranger] = [await signIn(server.url), await signIn(server.url), await signIn(server.url)]
  await pushAs(owner, storeId, [event(1)])
  const { body } = await owner.api('POST', `/api/stores/${storeId}/shares`, { role: 'viewer' })
  await viewer.api('POST', '/api/shares/open', { token: body.token })
}, 120_000)

// Whatever is tried.
afterEach(async () => {
  if ((await log()).length > 1) throw new Error('Something forged was stored.')
})

test('[AC10] a cookie that is unsigned, signed for another token, or cut short is no session', async () => {
  const parts = (person: Person) => decodeURIComponent(person.cookie.slice('pjai.session_token='.length)).split('.')
  const [[token = '', signature = ''], [, another = '']] = [parts(owner), parts(stranger)]
  for (const value of [
    token,
    `${token}.`,
    `${token}.${another}`,
    `${token}.${signature.slice(0, -2)}`,
    `.${signature}`,
    `${token}x.${signature}`,
    '%E0%A4%A',
  ])
    for (const cookie of [`pjai.session_token=${encodeURIComponent(value)}`, `pjai.session_token=${value}`]) {
      const forged = personWith(server.url, cookie)
      expect(await knock(forged, storeId)).toEqual({ status: 401, code: 'NotSignedIn' })
      expect(await forged.api('GET', '/api/devices')).toMatchObject({ status: 401, code: 'NotSignedIn' })
    }
  const unprefixed = owner.cookie.replace('pjai.', '')
  expect(await knock(personWith(server.url, unprefixed), storeId)).toMatchObject({ status: 401 })
})

test('[RI10] whatever a client says of its standing is replaced by what the Worker found', async () => {
  const standing = { accountId: owner.accountId, sessionId: 's', role: 'owner', shareIds: [], until: 9e15 }
  const forged = { 'X-PJai-Standing': JSON.stringify(standing), 'X-PJai-Role': 'owner', 'X-Role': 'owner' }
  expect(await knock(stranger, storeId, forged)).toEqual({ status: 403, code: 'NoRight' })
  expect((await pushAs(stranger, storeId, [event(2)], forged)).status).toBe(403)
  expect(await outcomeOf(await pushAs(viewer, storeId, [event(2)], forged))).toBe('RoleMayNotWrite')

  const socket = await openSocket(viewer, storeId, forged)
  socket.send(pushFrame(storeId, [event(2)]))
  await expect.poll(() => socket.received.join()).toContain('RoleMayNotWrite')
  socket.close()
})

test('[RI10] a push for one store through the socket of another is refused, though the sender may write to both', async () => {
  const [a, b] = ['persona_a', 'persona_b']
  await pushAs(stranger, a, [event(1)])
  const socket = await openSocket(stranger, b)
  socket.send(pushFrame(a, [event(2)]))
  expect(await socket.closed).toEqual({ code: 1008, reason: 'ForeignStore' })
  expect(await eventsIn(await pullAs(stranger, a))).toHaveLength(1)
})

test('[RI10] a page of another origin opens no socket with the cookie of its visitor', async () => {
  expect(await knock(owner, storeId, { Origin: 'https://evil.example' })).toEqual({
    status: 403,
    code: 'ForeignOrigin',
  })
})

test('[RI10] a device id in an event that is another’s changes nothing of who wrote: the viewer stays one', async () => {
  expect(await outcomeOf(await pushAs(viewer, storeId, [event(2, 'forged', 'laptop')]))).toBe('RoleMayNotWrite')
})

test('[RI13] ten thousand messages at once close the socket they came on, and nobody else notices', async () => {
  const other = 'persona_flooded'
  await pushAs(owner, other, [event(1)])
  const { body } = await owner.api('POST', `/api/stores/${other}/shares`, { role: 'viewer' })
  await viewer.api('POST', '/api/shares/open', { token: body.token })
  const device = await openDevice(server.url, other, 'laptop2', owner.cookie)
  const watcher = await openSocket(owner, other)
  const flood = await openSocket(viewer, other)
  for (let index = 0; index < 10_000; index++) flood.send(pushFrame(other, [event(2)], String(index)))
  device.write('meanwhile')

  expect(await flood.closed).toEqual({ code: 4429, reason: 'TooManyMessages' })
  await expect.poll(() => watcher.received.join()).toContain('"seqNum":2')
  const events = await eventsIn(await pullAs(owner, other))
  expect(events.map(({ seqNum }) => seqNum)).toEqual([1, 2])
  await device.close()
  watcher.close()
}, 60_000)

const log = async () => eventsIn(await pullAs(owner, storeId))
