import { expect, test } from 'vitest'
import { openPresence, type Presence, sealPresence } from '#sealing/presence.ts'
import { newSecret, storeKeysFrom } from '#sealing/store-secret.ts'

const presence: Presence = {
  actorId: '0'.repeat(26),
  deviceId: '1'.repeat(26),
  name: 'Anna',
  device: 'Firefox on Android',
  where: { room: 'Memories', thingId: '2'.repeat(26), title: 'Ada drinks tea' },
  since: new Date('2026-03-01T10:00:00Z'),
}

test('[PR7] presence opens with the keys of its store, says nothing without them, and stays under 1 kB', async () => {
  const secret = newSecret()
  const keys = await storeKeysFrom(secret, 'persona_ada')
  const sealed = await sealPresence(keys, presence)
  expect(await openPresence(await storeKeysFrom(secret, 'persona_ada'), sealed)).toEqual(presence)
  expect(await sealPresence(keys, presence)).not.toBe(sealed)
  expect(atob(sealed)).not.toContain('Anna')
  for (const others of [await storeKeysFrom(secret, 'persona_bo'), await storeKeysFrom(newSecret(), 'persona_ada')])
    expect(await openPresence(others, sealed)).toBeUndefined()
  for (const broken of ['', 'no base64!', sealed.slice(4), `${sealed.slice(0, -8)}AAAAAAA=`])
    expect(await openPresence(keys, broken)).toBeUndefined()

  const long = '👩‍👩‍👧'.repeat(100)
  const longest = { ...presence, name: long, device: long, where: { ...presence.where, title: long } }
  expect(await sealPresence(keys, longest)).toMatch(/^[A-Za-z0-9+/=]{600,1024}$/)
})
