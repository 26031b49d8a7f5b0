import { expect, test, vi } from 'vitest'
import { serverForThisFile } from '#tests/support/served.ts'
import { pushAs } from './http.ts'
import { attend, knock, openSocket, type Person, signIn } from './people.ts'
import { ciphertextOf, event, outcomeOf } from './rpc.ts'

const server = serverForThisFile()

type Socket = Awaited<ReturnType<typeof attend>>

const saidTo = ({ received }: Socket) => received.map((text): { id: string; said: string | null } => JSON.parse(text))
const heard = (socket: Socket, ...said: readonly (string | null)[]) =>
  vi.waitFor(() => expect(saidTo(socket).map(({ said }) => said)).toEqual(said), 30_000)

/** Somebody else who has come to the store by a share. */
const guest = async (owner: Person, storeId: string, role: string) => {
  const person = await signIn(server.url)
  const { body } = await owner.api('POST', `/api/stores/${storeId}/shares`, { role })
  await person.api('POST', '/api/shares/open', { token: body.token })
  return { ...person, shareId: body.shareId }
}

test('[PR1] who is there hears who comes, what he says of himself, and that he leaves', async () => {
  const owner = await signIn(server.url)
  const [laptop, phone] = [await attend(owner, 'persona_here'), await attend(owner, 'persona_here')]
  laptop.send('bGFwdG9w')
  await heard(phone, 'bGFwdG9w')
  const late = await attend(owner, 'persona_here')
  await heard(late, 'bGFwdG9w')
  laptop.send('bW92ZWQ=')
  for (const other of [phone, late]) await heard(other, 'bGFwdG9w', 'bW92ZWQ=')
  laptop.close()
  for (const other of [phone, late]) await heard(other, 'bGFwdG9w', 'bW92ZWQ=', null)
  expect(new Set(saidTo(phone).map(({ id }) => id)).size).toBe(1)
  expect(laptop.received).toEqual([])
  await heard(await attend(owner, 'persona_here'))
})

test('[PR2] everyone with a right may be present, and nobody else', async () => {
  const owner = await signIn(server.url)
  const present = await attend(owner, 'persona_rights')
  for (const role of ['editor', 'viewer', 'auditor']) {
    const socket = await attend(await guest(owner, 'persona_rights', role), 'persona_rights')
    socket.send(role)
  }
  await heard(present, 'editor', 'viewer', 'auditor')
  const at = (storeId: string) => `/presence?storeId=${storeId}`
  const refusals = [
    await knock(await signIn(server.url), 'persona_rights', {}, at('persona_rights')),
    await knock({ ...owner, cookie: '' }, 'persona_rights', {}, at('persona_rights')),
    await knock(owner, '', { Origin: 'https://elsewhere.example' }, at('persona_rights')),
    await knock(owner, '', {}, at('../persona')),
    await knock(owner, '', {}, '/presence'),
    await knock(owner, '', {}, '/presence/more'),
    await knock(owner, '', { Upgrade: 'h2c' }, at('persona_rights')),
  ]
  expect(refusals.map(({ code }) => code)).toEqual([
    'NoRight',
    'NotSignedIn',
    'ForeignOrigin',
    'IllegalStoreId',
    'MissingStoreId',
    'NotFound',
    'UpgradeRequired',
  ])
})

test('[PR3] presence is told within its store only', async () => {
  const owner = await signIn(server.url)
  const [here, elsewhere] = [await attend(owner, 'persona_one'), await attend(owner, 'persona_two')]
  const other = await attend(owner, 'persona_one')
  here.send('aGVyZQ==')
  await heard(other, 'aGVyZQ==')
  expect(elsewhere.received).toEqual([])
})

test('[PR4] a right that is withdrawn ends the presence that came by it, and the others hear it', async () => {
  const owner = await signIn(server.url)
  const reader = await guest(owner, 'persona_ended', 'viewer')
  const [present, leaving] = [await attend(owner, 'persona_ended'), await attend(reader, 'persona_ended')]
  leaving.send('cmVhZGVy')
  await heard(present, 'cmVhZGVy')
  await owner.api('DELETE', `/api/stores/persona_ended/shares/${reader.shareId}`)
  expect(await leaving.closed).toEqual({ code: 4403, reason: 'ShareRevoked' })
  await heard(present, 'cmVhZGVy', null)
  present.send('aGVyZQ==')
  expect(leaving.received).toEqual([])
})

test('[PR5] what is no sealed text of at most 1024 letters ends the presence; so does a flood', async () => {
  const owner = await signIn(server.url)
  const store = 'persona_limits'
  const present = await attend(owner, store)
  const largest = 'a'.repeat(1024)
  const speaker = await attend(owner, store)
  speaker.send(largest)
  await heard(present, largest)
  for (const said of [`${largest}a`, '{"name":"Ada"}', '']) {
    const socket = await attend(owner, store)
    socket.send(said)
    expect(await socket.closed, said.slice(0, 20)).toEqual({ code: 1008, reason: 'MalformedFrame' })
  }
  const flooding = await signIn(server.url)
  const [first, second] = [await attend(flooding, 'persona_flood'), await attend(flooding, 'persona_flood')]
  for (let n = 0; n < 100; n++) first.send('again')
  expect(await first.closed).toEqual({ code: 4429, reason: 'TooManyMessages' })
  expect(second.received.length).toBeLessThan(80)
})

test('[PR6] the log goes on beside presence: it is pushed, broadcast and kept, and no presence is in it', async () => {
  const owner = await signIn(server.url)
  const store = 'persona_beside'
  const present = await attend(owner, store)
  present.send('bGFwdG9w')
  const device = await openSocket(owner, store)
  const other = await attend(owner, store)
  await heard(other, 'bGFwdG9w')
  expect(await outcomeOf(await pushAs(owner, store, [event(1)]))).toBe('Success')
  await vi.waitFor(() => expect(device.received.join('')).toContain(ciphertextOf(event(1))), 30_000)
  expect(present.received).toEqual([])
  other.close()
  expect(await outcomeOf(await pushAs(owner, store, [event(2)]))).toBe('Success')
  await vi.waitFor(() => expect(device.received.join('')).toContain(ciphertextOf(event(2))), 30_000)
  expect(device.received.join('')).not.toContain('bGFwdG9w')
})
