import { EventSequenceNumber, type LiveStoreEvent } from '@livestore/livestore'
import { assert, asyncProperty, integer, jsonValue, string } from 'fast-check'
import { expect, test } from 'vitest'
import { KeysRefused } from '#sealing/key-table.ts'
import { type KeptBack, NotSealed, openAll, sealAll, withoutSubjects } from '#sealing/sealed-event.ts'
import { newSecret, ownerKeyFrom, secretFromText, secretToText, storeSecretFrom } from '#sealing/store-secret.ts'
import { KeyMissing, StoreErased } from '#sealing/subject-keys.ts'
import { subjectNamed, subjectOf, subjectOfRow, theStore } from '#sealing/subjects.ts'
import { WrongSecret } from '#sealing/wrapped-key.ts'
import { keysOn, makeKeyTable } from './key-tables.ts'

const eventOf = (seqNum: number, name: string, args: unknown): LiveStoreEvent.Global.Encoded => ({
  name,
  args,
  seqNum: EventSequenceNumber.Global.make(seqNum),
  parentSeqNum: EventSequenceNumber.Global.make(seqNum - 1),
  clientId: 'laptop',
  sessionId: 'tab',
})

const remembered = (seqNum: number, memoryId: string, content: string) =>
  eventOf(seqNum, 'v1.MemoryAdded', { memoryId, personaId: 'ada', content })

const imported = (seqNum: number, memoryIds: readonly string[]) =>
  eventOf(seqNum, 'v1.MemoriesImported', {
    personaId: 'ada',
    memories: memoryIds.map((memoryId) => ({ memoryId, content: `About ${memoryId}` })),
    importId: 'i1',
  })

/** As a log holds it: JSON knows no -0. */
const asJson = jsonValue().map((value): unknown => JSON.parse(JSON.stringify(value)))

const storeId = 'persona_ada'

/** Two devices of one person, and the table between them. */
const devices = async () => {
  const { table, rows, destroy } = makeKeyTable()
  const secret = newSecret()
  const device = () => keysOn(table, storeId, secret)
  return { table, rows, destroy, device, here: await device(), there: await device() }
}

test('[SE1] what one device seals, another of the same person opens, whatever it says', async () => {
  const { here, there } = await devices()
  await assert(
    asyncProperty(string(), asJson, integer({ min: 1, max: 1e9 }), async (name, args, seqNum) => {
      const event = eventOf(seqNum, name, args)
      expect(await openAll(there, storeId, await sealAll(here, storeId, [event]))).toEqual([event])
    }),
    { numRuns: 50, seed: 1 },
  )
})

test('[SE2] what is sealed names no event, no id of ours and no word of it', async () => {
  const { here, rows } = await devices()
  const sealed = await sealAll(here, storeId, [remembered(1, 'memory1', 'Likes tea.')])
  const onServer = JSON.stringify([sealed, rows()])
  for (const word of ['MemoryAdded', 'memory1', 'Likes', 'tea', 'ada']) expect(onServer).not.toContain(word)
  expect(sealed[0]).toMatchObject({ name: 'v1.Sealed', seqNum: 1, parentSeqNum: 0, clientId: 'laptop' })
})

test('[SE3] the same event sealed twice differs in nonce and ciphertext', async () => {
  const { here } = await devices()
  const event = remembered(1, 'a', 'Likes tea.')
  const sealed = await sealAll(
    here,
    storeId,
    Array.from({ length: 500 }, () => event),
  )
  const values = (field: string) => new Set(sealed.map(({ args }) => (args as Record<string, string>)[field]))
  expect(values('nonce').size).toBe(500)
  expect(values('ciphertext').size).toBe(500)
  expect(values('keyId').size).toBe(1)
})

test('[SE4] a ciphertext that was changed, or moved to another place or store, does not open, and says so', async () => {
  const { here, there, table } = await devices()
  const [sealed] = await sealAll(here, storeId, [remembered(7, 'a', 'Likes tea.')])
  const args = sealed!.args as Record<'keyId' | 'nonce' | 'ciphertext', string>
  const flipped = (text: string) => `${text.startsWith('A') ? 'B' : 'A'}${text.slice(1)}`
  const forgeries = [
    eventOf(8, 'v1.Sealed', args),
    eventOf(7, 'v1.Sealed', { ...args, nonce: flipped(args.nonce) }),
    eventOf(7, 'v1.Sealed', { ...args, ciphertext: flipped(args.ciphertext) }),
    eventOf(7, 'v1.Sealed', { ...args, ciphertext: '' }),
  ]
  for (const forged of forgeries) await expect(openAll(there, storeId, [forged])).rejects.toThrow('does not open')
  await expect(openAll(there, 'persona_eve', [sealed!])).rejects.toThrow('does not open')
  const eve = await keysOn(table, 'persona_eve')
  await expect(openAll(eve, 'persona_eve', [sealed!])).rejects.toThrow(WrongSecret)
})

test('[SE5] what stands on the server unsealed is refused, and so is a key it does not give', async () => {
  const { here, there } = await devices()
  await expect(openAll(there, storeId, [remembered(1, 'a', 'Likes tea.')])).rejects.toThrow(NotSealed)
  await expect(openAll(there, storeId, [eventOf(1, 'v1.Sealed', { keyId: 'x' })])).rejects.toThrow(NotSealed)
  const [sealed] = await sealAll(here, storeId, [remembered(1, 'a', 'Likes tea.')])
  const elsewhere = await keysOn(makeKeyTable().table)
  await expect(openAll(elsewhere, storeId, [sealed!])).rejects.toThrow(KeyMissing)
})

test('[SE6] a device with another secret writes nothing to a store that others wrote to', async () => {
  const { here, table, rows } = await devices()
  await sealAll(here, storeId, [remembered(1, 'a', 'Likes tea.')])
  const before = rows()
  const stranger = await keysOn(table, storeId)
  await expect(sealAll(stranger, storeId, [remembered(2, 'b', 'Likes jam.')])).rejects.toThrow(WrongSecret)
  expect(rows()).toEqual(before)
})

test('[SE7] a subject has one key, whichever device names it first', async () => {
  const { here, there, rows } = await devices()
  const events = [1, 2, 3, 4].map((seqNum) => remembered(seqNum, `m${seqNum % 2}`, 'x'))
  const [ours, theirs] = await Promise.all([sealAll(here, storeId, events), sealAll(there, storeId, events)])
  const keyIds = (sealed: typeof ours) => sealed.map(({ args }) => (args as { keyId: string }).keyId)
  expect(keyIds(ours)).toEqual(keyIds(theirs))
  expect(rows()).toHaveLength(3) // two memories, and the store as a whole
  expect(await openAll(there, storeId, ours)).toEqual(events)
})

test('[SE8] what was erased arrives as nothing, and nothing more is said of it', async () => {
  const { here, destroy, device } = await devices()
  const [tea, jam] = await sealAll(here, storeId, [remembered(1, 'a', 'Likes tea.'), remembered(2, 'b', 'Likes jam.')])
  destroy((tea!.args as { keyId: string }).keyId)
  const after = await device()
  const opened = await openAll(after, storeId, [tea!, jam!])
  expect(opened.map(({ name }) => name)).toEqual(['v1.Erased', 'v1.MemoryAdded'])
  const late = await sealAll(after, storeId, [remembered(3, 'a', 'Likes tea again.')])
  expect(await openAll(after, storeId, late)).toMatchObject([{ name: 'v1.Erased', args: {} }])
  expect(JSON.stringify(await openAll(after, storeId, late))).not.toContain('tea')
})

test('[SE8] a store erased as a whole takes nothing more', async () => {
  const { here, rows, destroy, device } = await devices()
  await sealAll(here, storeId, [remembered(1, 'a', 'Likes tea.')])
  for (const { keyId } of rows()) destroy(keyId)
  await expect(sealAll(await device(), storeId, [remembered(2, 'b', 'x')])).rejects.toThrow(StoreErased)
})

test('[SE8] the device that says more of it knows its own echo, so that it is not said for ever', async () => {
  const { here, destroy, device } = await devices()
  const [tea] = await sealAll(here, storeId, [remembered(1, 'a', 'Likes tea.')])
  destroy((tea!.args as { keyId: string }).keyId)
  const after = await device()
  const keptBack: KeptBack = new Map()
  const events = [remembered(2, 'a', 'Likes tea again.'), imported(3, ['a', 'b'])]
  const sealed = await sealAll(after, storeId, events, keptBack)
  expect(await openAll(after, storeId, sealed, keptBack)).toEqual(events)
  expect(await openAll(after, storeId, sealed)).toMatchObject([{ name: 'v1.Erased' }, imported(3, ['b'])])
})

test('[SE9] what is said of one memory, one conversation or one persona shares a key', () => {
  expect(subjectOf({ memoryId: 'a', personaId: 'ada' })).toBe(subjectOf({ memoryId: 'a', content: 'x' }))
  expect(subjectOf({ messageId: 'm', conversationId: 'c' })).toBe(subjectOf({ conversationId: 'c', title: 'x' }))
  expect(subjectOf({ memoryId: 'a' })).not.toBe(subjectOf({ conversationId: 'a' }))
  expect(subjectOf({ personaId: 'ada', name: 'Ada' })).toBe(subjectOf({ personaId: 'ada' }))
  for (const args of [undefined, null, 3, 'x', {}, { name: 'Home' }]) expect(subjectOf(args)).toBe(theStore)
})

test('[SE14] what tells of many at once is about its persona, and each row about what it describes', () => {
  for (const rows of ['memories', 'messages', 'conversations'])
    expect(subjectOf({ personaId: 'ada', memoryId: 'a', [rows]: [] })).toBe(subjectNamed('personaId', 'ada'))
  expect(subjectOf({ memories: [] })).toBe(theStore)
  expect(subjectOfRow('memories', { memoryId: 'a' })).toBe(subjectOf({ memoryId: 'a' }))
  for (const rows of ['messages', 'conversations'])
    expect(subjectOfRow(rows, { messageId: 'm', conversationId: 'c' })).toBe(subjectOf({ conversationId: 'c' }))
  expect(subjectOfRow('memories', 'x')).toBe(theStore)
})

test('[SE14] of a batch, what was erased arrives without, the rest as it was', async () => {
  const { here, there, destroy, device } = await devices()
  const batch = imported(1, ['a', 'b', 'a', 'c'])
  const [sealed] = await sealAll(here, storeId, [batch])
  expect(await openAll(there, storeId, [sealed!])).toEqual([batch])
  const { parts } = sealed!.args as { parts: { keyId: string }[] }
  expect(parts).toHaveLength(3)
  destroy(parts[0]!.keyId)
  const opened = await openAll(await device(), storeId, [sealed!])
  const rows = batch.args as { memories: { memoryId: string }[] }
  expect(opened).toEqual([
    { ...batch, args: { ...rows, memories: rows.memories.filter(({ memoryId }) => memoryId !== 'a') } },
  ])
  expect(withoutSubjects(batch, new Set([subjectNamed('memoryId', 'a')]))).toEqual(opened[0])
})

test('[SE14] parts that are left out, doubled, or of another event do not open', async () => {
  const { here, there } = await devices()
  const [first, second] = await sealAll(here, storeId, [imported(1, ['a', 'b']), imported(1, ['a', 'b'])])
  const sealed = first!.args as { parts: unknown[] }
  const [a, b] = sealed.parts
  const others = (second!.args as { parts: unknown[] }).parts
  for (const parts of [[a], [], [a, b, b], [a, a], [others[0], b]]) {
    const forged = { ...first!, args: { ...sealed, parts } }
    await expect(openAll(there, storeId, [forged])).rejects.toThrow('does not open')
  }
})

test('[SE10] a secret is 43 letters and digits, and every store derives another from it', async () => {
  const secret = newSecret()
  expect(secretToText(secret)).toMatch(/^[\w-]{43}$/)
  expect(secretFromText(secretToText(secret))).toEqual(secret)
  const owner = await ownerKeyFrom(secret)
  const [ada, again, eve] = await Promise.all(
    ['persona_ada', 'persona_ada', 'persona_eve'].map((id) => storeSecretFrom(owner, id)),
  )
  expect(ada).toEqual(again)
  expect(ada).not.toEqual(eve)
  await expect(crypto.subtle.exportKey('raw', owner)).rejects.toThrow('not extractable')
})

test('[SE11] after a refusal the table is asked anew', async () => {
  const { table } = makeKeyTable()
  let refusals = 1
  const keys = await keysOn({
    ...table,
    read: async (from) => {
      if (refusals-- > 0) throw new KeysRefused({ code: 'Forbidden', message: 'No.' })
      return table.read(from)
    },
  })
  await expect(keys.toSeal(new Set(['a']))).rejects.toThrow('No.')
  expect([...(await keys.toSeal(new Set(['a']))).keys()]).toEqual(['a'])
})
