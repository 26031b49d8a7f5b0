import { FastCheck as fc } from 'effect'
import { expect, test } from 'vitest'
import { addMemory, forgetMemories } from '#schema/memories/commands.ts'
import { memoryCount$ } from '#schema/memories/queries.ts'
import { seeded } from '#tests/support/any-fact.ts'
import { commit, personaStoreWith } from '#tests/support/stores.ts'
import { commitInPortions, finishAct, portionsOf } from '#web/livestore/portions.ts'

const stamp = { at: new Date('2026-03-01T10:00:00Z'), actorId: 'ada', deviceId: 'laptop' }
const added = (memoryId: string) =>
  addMemory(
    'ada',
    memoryId,
    { content: memoryId, importance: 0.5, kind: 'fact', tags: [], occurredAt: stamp.at },
    stamp,
  )

type Store = Awaited<ReturnType<typeof personaStoreWith>>

const idsIn = (store: Store) =>
  store
    .query<{ memoryId: string }[]>({ query: 'select memoryId from memories order by rowid', bindValues: [] })
    .map(({ memoryId }) => memoryId)

/** Three portions of two memories each, and turns that the test gives. */
const underWay = (store: Store) => {
  const ids = ['f', 'b', 'd', 'a', 'e', 'c']
  const commits = [0, 2, 4].map((from) => () => commit(store, ...ids.slice(from, from + 2).map(added)))
  const turns: (() => void)[] = []
  const nextTurn = async () => {
    turns.shift()?.()
    await Promise.resolve()
  }
  const turn = () => new Promise<void>((resume) => turns.push(resume))
  return { ids, commits, nextTurn, done: (given = commits) => commitInPortions(store, given, turn) }
}

test('[RP26] an act of many facts is cut by their number and their bytes, each fact once and in its place', () => {
  const sizes = fc.array(fc.oneof(fc.nat(2000), fc.nat(90_000)), { maxLength: 500 })
  fc.assert(
    fc.property(sizes, (all) => {
      const portions = portionsOf(all.map((bytes, place) => ({ bytes, place })))
      expect(portions.flat().map(({ place }) => place)).toEqual(all.map((_, place) => place))
      for (const [index, portion] of portions.entries()) {
        const bytes = portion.reduce((sum, fact) => sum + fact.bytes, 0)
        const next = portions[index + 1]?.[0]?.bytes ?? Number.POSITIVE_INFINITY
        expect(portion.length).toBeLessThanOrEqual(32)
        expect(portion.length === 1 || bytes <= 32_000).toBe(true)
        expect(portion.length === 32 || bytes + next > 32_000).toBe(true)
      }
    }),
    seeded,
  )
})

test('[RP27] portions are written in their order, and the page has its turn before each', async () => {
  const store = await personaStoreWith()
  const { ids, nextTurn, done } = underWay(store)
  const act = done()
  expect(idsIn(store)).toEqual([])
  for (const written of [2, 4, 6]) {
    await nextTurn()
    expect(idsIn(store)).toEqual(ids.slice(0, written))
  }
  await act
})

test('[RP28] what is done while an act is under way comes after all of it: what takes it back takes back the whole', async () => {
  const store = await personaStoreWith()
  const { ids, nextTurn, done } = underWay(store)
  const act = done()
  await nextTurn()
  finishAct(store)
  commit(store, forgetMemories('ada', ids, 'batch', stamp))
  await nextTurn()
  await act
  expect(idsIn(store)).toEqual(ids)
  expect(store.query(memoryCount$({}))).toBe(0)

  const again = underWay(store)
  const [one, other] = [again.done([() => commit(store, added('g')), () => commit(store, added('h'))]), again.done([])]
  await other
  expect(idsIn(store).slice(6)).toEqual(['g', 'h'])
  await again.nextTurn()
  await one
})

test('[RP29] nothing of an act is written after a portion that could not be, and whoever waits for it is told', async () => {
  const store = await personaStoreWith()
  const { commits, nextTurn, done } = underWay(store)
  const died = () => {
    throw new Error('the store died')
  }
  const [first = died, , third = died] = commits
  const act = done([first, died, third])
  await nextTurn()
  expect(() => finishAct(store)).toThrow('the store died')
  const told = act.catch((error: unknown) => error)
  await nextTurn()
  expect(await told).toEqual(new Error('the store died'))
  expect(idsIn(store)).toHaveLength(2)
  expect(() => finishAct(store)).not.toThrow()
})
