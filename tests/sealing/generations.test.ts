import { expect, test } from 'vitest'
import { openAll, sealAll } from '#sealing/sealed-event.ts'
import { newSecret, ownerKeyFrom, storeKeysFrom, storeSecretFrom } from '#sealing/store-secret.ts'
import { makeSubjectKeys, StoreErased } from '#sealing/subject-keys.ts'
import { WrongSecret } from '#sealing/wrapped-key.ts'
import { makeKeyTable } from './key-tables.ts'

const storeId = 'persona_ada'

/** A store's table, its owner's devices, and people who were given its secrets up to a generation. */
const shared = async () => {
  const server = makeKeyTable()
  const ownerKeys = [await ownerKeyFrom(newSecret()), await ownerKeyFrom(newSecret())]
  const keysOf = async (generation: number, era = 0) =>
    storeKeysFrom(await storeSecretFrom(ownerKeys[era]!, storeId, generation), storeId)
  const first = await keysOf(0)
  let time = 0
  /** A device of the owner that holds so many of his secrets, and learns of the second when it asks. */
  const owner = (eras = 1) => {
    let known = eras
    const later = {
      of: (generation: number) => Promise.all([0, 1].slice(0, known).map((era) => keysOf(generation, era))),
      learn: async () => {
        known = 2
      },
    }
    return makeSubjectKeys(first, server.table, later, () => time)
  }
  return {
    ...server,
    keysOf,
    owner,
    given: (upTo: number) =>
      makeSubjectKeys(first, server.table, {
        of: async (it) => (it <= upTo ? [await keysOf(it)] : []),
        learn: async () => undefined,
      }),
    wait: (ms: number) => {
      time += ms
    },
  }
}

const remembered = (seqNum: number, memoryId: string, content: string) => ({
  name: 'v1.MemoryAdded',
  args: { memoryId, personaId: 'ada', content },
  seqNum: seqNum as never, // LiveStore brands its numbers
  parentSeqNum: (seqNum - 1) as never,
  clientId: 'laptop',
  sessionId: 's',
})

test('[SR12] what is sealed after the next generation began opens by it and by no earlier one; what was before still does', async () => {
  const { owner, given, keysOf } = await shared()
  const [device, stays, leaves] = [owner(), given(1), given(0)]
  const [tea, jam] = [remembered(1, 'a', 'Likes tea.'), remembered(2, 'a', 'Likes jam.')]
  const before = await sealAll(device, storeId, [tea])
  for (const keys of [stays, leaves]) expect(await openAll(keys, storeId, before)).toEqual([tea])

  expect(await device.generations()).toHaveLength(1)
  await device.begin(await keysOf(1))
  expect(await device.generations()).toHaveLength(2)
  const after = await sealAll(device, storeId, [jam])
  for (const keys of [stays, device, owner()])
    expect(await openAll(keys, storeId, [...before, ...after])).toEqual([tea, jam])
  await expect(openAll(leaves, storeId, after)).rejects.toThrow(WrongSecret)
  expect(await openAll(leaves, storeId, before)).toEqual([tea])
})

test('[SR13] another device seals by the next generation within a minute, and at once when it reads of it', async () => {
  const { owner, keysOf, wait, given } = await shared()
  const [one, other] = [owner(), owner()]
  await sealAll(other, storeId, [remembered(1, 'a', 'x')])
  await one.begin(await keysOf(1))
  wait(60_001)
  const sealed = await sealAll(other, storeId, [remembered(2, 'a', 'y')])
  await expect(openAll(given(0), storeId, sealed)).rejects.toThrow(WrongSecret)
  await one.begin(await keysOf(2))
  await openAll(other, storeId, await sealAll(one, storeId, [remembered(3, 'a', 'z')]))
  const next = await sealAll(other, storeId, [remembered(4, 'b', 'z')])
  await expect(openAll(given(1), storeId, next)).rejects.toThrow(WrongSecret)
})

test('[SR14] what was erased in one generation stays so in the next, and its names are known in all', async () => {
  const { owner, keysOf, destroy, rows } = await shared()
  const device = owner()
  await sealAll(device, storeId, [remembered(1, 'a', 'x')])
  const [name] = await device.namesOf(['memoryId a'])
  destroy(name!)
  await device.begin(await keysOf(1))
  const count = rows().length
  const late = await sealAll(owner(), storeId, [remembered(2, 'a', 'secret')])
  expect(await openAll(owner(), storeId, late)).toMatchObject([{ name: 'v1.Erased' }])
  expect(rows()).toHaveLength(count)
  expect(await device.namesOf(['memoryId a'])).toEqual([name, expect.stringMatching(/^[\w-]{22}$/)])
  for (const { keyId } of rows()) destroy(keyId)
  await expect(sealAll(owner(), storeId, [remembered(3, 'b', 'x')])).rejects.toThrow(StoreErased)
})

test('[SE18] what is sealed after the owner’s secret changed opens by the new one alone, and each of his devices learns it', async () => {
  const { owner, keysOf, given } = await shared()
  const [laptop, phone] = [owner(2), owner(1)]
  const [tea, jam] = [remembered(1, 'a', 'Likes tea.'), remembered(2, 'a', 'Likes jam.')]
  const before = await sealAll(phone, storeId, [tea])
  await laptop.begin(await keysOf(1, 1))
  const after = await sealAll(laptop, storeId, [jam])
  for (const keys of [phone, laptop, owner(2)])
    expect(await openAll(keys, storeId, [...before, ...after])).toEqual([tea, jam])
  await expect(openAll(given(9), storeId, after)).rejects.toThrow(WrongSecret)
  expect(await phone.generations()).toEqual([
    { generation: 0, era: 0 },
    { generation: 1, era: 1 },
  ])
})

test('[SE19] two devices that begin a generation at once, one by an older secret, read each other, and go on with the newer', async () => {
  const { owner, keysOf, given } = await shared()
  const [laptop, phone] = [owner(2), owner(1)]
  await phone.begin(await keysOf(1, 0))
  const late = await sealAll(phone, storeId, [remembered(1, 'a', 'by the old one')])
  await laptop.begin(await keysOf(1, 1))
  const next = await sealAll(laptop, storeId, [remembered(2, 'a', 'by the new one')])
  for (const keys of [laptop, phone, owner(2)]) expect(await openAll(keys, storeId, [...late, ...next])).toHaveLength(2)
  const last = await sealAll(phone, storeId, [remembered(3, 'b', 'z')])
  await expect(openAll(given(1), storeId, last)).rejects.toThrow(WrongSecret)
})

test('[SE20] a store that is made after the owner’s secret changed is sealed by the new one from its first event on', async () => {
  const { owner, given } = await shared()
  const sealed = await sealAll(owner(2), storeId, [remembered(1, 'a', 'x')])
  expect(await openAll(owner(1), storeId, sealed)).toHaveLength(1)
  await expect(openAll(given(9), storeId, sealed)).rejects.toThrow(WrongSecret)
})
