import { expect, test } from 'vitest'
import { listPersona, summarizePersona, unlistPersona } from '#schema/workspace/commands.ts'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { knownUsageOf$, usageByPersona$ } from '#schema/workspace/usage-queries.ts'
import { commit, workspaceStoreWith } from '#tests/support/stores.ts'

const stamp = { at: new Date('2026-03-01T12:00:00Z'), actorId: 'a', deviceId: 'd' }
const listing = (personaId: string, name: string) =>
  listPersona({ personaId, name, hue: 10, avatar: null }, 'c1', stamp)
const usageOn = (day: string, answers: number, cost = answers / 10) => ({
  day,
  answers,
  promptTokens: answers * 90,
  completionTokens: answers * 10,
  cost,
})
type Usage = readonly ReturnType<typeof usageOn>[]
const summary = (personaId: string, head: number, usage?: Usage) =>
  summarizePersona(
    {
      personaId,
      head,
      name: personaId,
      hue: 10,
      avatar: null,
      archivedAt: null,
      memories: 1,
      conversations: 1,
      messages: 2,
      lastActivityAt: stamp.at,
      activity: [],
      ...(usage === undefined ? {} : { usage }),
    },
    stamp,
  )

const withThree = () =>
  workspaceStoreWith(
    listing('ada', 'Ada'),
    listing('boris', 'Boris'),
    listing('cem', 'Cem'),
    summary('ada', 5, [usageOn('2026-03-01', 2), usageOn('2026-02-01', 1)]),
    summary('boris', 5, [usageOn('2026-03-01', 30)]),
    summary('cem', 5, []),
  )

test('[DA8] each persona with its answers, tokens and cost in the days shown, the dearest first; or one of them', async () => {
  const store = await withThree()
  const march = store.query(usageByPersona$('2026-03-01', '2026-03-31'))
  expect(march.map(({ name, answers, cost }) => [name, answers, cost])).toEqual([
    ['boris', 30, 3],
    ['ada', 2, 0.2],
    ['cem', 0, 0],
  ])
  const [ada] = store.query(usageByPersona$('2026-01-01', '2026-12-31', 'ada'))
  expect(ada).toMatchObject({ answers: 3, promptTokens: 270, completionTokens: 30 })
  commit(store, unlistPersona(store.query(directoryEntry$('boris')), stamp))
  expect(store.query(usageByPersona$('2026-01-01', '2026-12-31')).map(({ name }) => name)).toEqual(['ada', 'cem'])
})

test('[DA9] a persona that was told of nothing is not one that asked nothing', async () => {
  const store = await withThree()
  commit(store, listing('dora', 'Dora'), listing('eli', 'Eli'), summary('dora', 5))
  const isTold = () =>
    Object.fromEntries(
      store.query(usageByPersona$('2026-03-01', '2026-03-31')).map((row) => [row.personaId, row.isTold]),
    )
  expect(isTold()).toEqual({ ada: true, boris: true, cem: true, dora: false, eli: false })
  commit(store, summary('dora', 6, []), summary('ada', 6)) // by a device of before that was told
  expect(isTold()).toMatchObject({ ada: false, dora: true })
})

test('[DA10] a summary that comes twice or knows less of the log changes nothing of what models were asked', async () => {
  const store = await withThree()
  const before = store.query(knownUsageOf$('ada'))
  commit(store, summary('ada', 5, before), summary('ada', 4, [usageOn('2026-03-02', 99)]))
  expect(store.query(knownUsageOf$('ada'))).toEqual(before)
  commit(store, summary('ada', 9, [usageOn('2026-03-02', 4)]))
  expect(store.query(knownUsageOf$('ada'))).toEqual([usageOn('2026-03-02', 4)])
})
