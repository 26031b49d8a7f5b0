import { FastCheck as fc } from 'effect'
import { expect, test, vi } from 'vitest'
import { forgetMemories } from '#schema/memories/commands.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { personaMaterializers } from '#schema/personas/state.ts'
import { timesOf } from '#schema/stores/event-times.ts'
import type { History } from '#schema/stores/history.ts'
import { personaSchema, personaStoreEvents } from '#schema/stores/persona-store.ts'
import type { LogEvent } from '#schema/stores/replay.ts'
import { sampleWorkspace } from '#schema/stores/sample-workspace.ts'
import { diffByThing, diffStates, type TableDiff } from '#schema/stores/state-diff.ts'
import { stateTablesOf } from '#schema/stores/state-tables.ts'
import { versionSteps } from '#schema/stores/thing-versions.ts'
import { placesOf, thingOf } from '#schema/stores/things.ts'
import { workspaceSchema, workspaceStoreEvents } from '#schema/stores/workspace-store.ts'
import { anyFactOf, seeded } from '#tests/support/any-fact.ts'
import { coherentLog } from '#tests/support/coherent-log.ts'
import { logOf } from '#tests/support/log-events.ts'
import { historyOf, openDatabase, tablesAt, tablesAtHead } from '#tests/support/replays.ts'

vi.setConfig({ testTimeout: 120_000 })

const sample = sampleWorkspace({
  workspaceId: 'w1',
  now: new Date('2026-03-01T10:00:00Z'),
  actorId: 'ada',
  deviceId: 'laptop',
  cell: 'c1',
}).personas[0]!
const log = logOf(personaSchema, sample.events)

test.each([
  ['coherent', coherentLog('a')],
  ['wild', fc.array(anyFactOf(personaStoreEvents), { minLength: 20, maxLength: 60 })],
] as const)('[RP6] the state at N is what a replay of 1 to N makes, for any N of any log: %s', (_, facts) => {
  fc.assert(
    fc.property(
      facts,
      fc.array(fc.nat(80), { minLength: 5, maxLength: 8 }),
      fc.integer({ min: 1, max: 9 }),
      (facts, numbers, every) => {
        const events = logOf(personaSchema, facts)
        const history = historyOf(personaSchema, events, { every })
        let past = history.stateAt(0)
        for (const n of numbers) {
          const alone = tablesAtHead(historyOf(personaSchema, events.slice(0, n)))
          expect(tablesAt(history, n)).toEqual(alone)
          past = past.moveTo(n)
          expect(Object.fromEntries(past.hashes())).toEqual(alone)
        }
        past.close()
      },
    ),
    { ...seeded, numRuns: 10 },
  )
})

test('[RP22] a database opened from the pieces of a file grows beyond the room that was kept for it, and the pieces stay as they were', () => {
  const first = openDatabase()
  first.run('create table notes (noteId integer primary key, text text)')
  const note = (db: typeof first, from: number, to: number) => {
    for (let id = from; id <= to; id++) db.run('insert into notes values (?, ?)', [id, `note ${id} `.repeat(1000)])
  }
  note(first, 1, 20)
  const file = first.serialize()
  first.close()
  const pieces = Array.from({ length: file.length / 4096 }, (_, page) => file.slice(page * 4096, (page + 1) * 4096))

  for (const opened of [openDatabase(pieces), openDatabase(pieces)]) {
    note(opened, 21, 1000)
    expect(opened.all('select count(*) as count, sum(length(text)) as length from notes')).toEqual([
      {
        count: 1000,
        length: Array.from({ length: 1000 }, (_, id) => `note ${id + 1} `.length * 1000).reduce((a, b) => a + b),
      },
    ])
    expect(opened.serialize().length).toBeGreaterThan(file.length + 4_000_000)
    opened.close()
  }
  expect(Buffer.compare(Buffer.concat(pieces), file)).toBe(0)
})

test('[RP7] checkpoints keep to the memory they may take, and every state is still reached', () => {
  const budget = 1_000_000
  const roomy = historyOf(personaSchema, log, { every: 4 })
  const tight = historyOf(personaSchema, log, { every: 4, budget })
  expect(roomy.checkpoints.bytes).toBeGreaterThan(2 * budget)
  expect(tight.checkpoints.bytes).toBeLessThanOrEqual(budget)
  expect(tight.checkpoints.count).toBeLessThan(roomy.checkpoints.count)
  for (const n of [0, 1, 57, log.length]) expect(tablesAt(tight, n)).toEqual(tablesAt(roomy, n))
})

const renamedAt = (seqNum: number, renamedAt: string, receivedAt?: number): LogEvent => ({
  seqNum,
  name: 'v1.PersonaRenamed',
  args: { personaId: 'p', name: `n${seqNum}`, renamedAt, actorId: 'a', deviceId: 'd' },
  ...(receivedAt === undefined ? {} : { receivedAt }),
})
const minute = (n: number) => `2026-03-01T10:0${n}:00.000Z`
const timeOf = (n: number) => Date.parse(minute(n))

test('[RP8] times never go back where numbers go on: a clock that ran backwards counts as the latest before it', () => {
  const events = [renamedAt(1, minute(1)), renamedAt(2, minute(5)), renamedAt(3, minute(3)), renamedAt(4, minute(6))]
  expect(timesOf(personaSchema, events)).toEqual([1, 5, 5, 6].map(timeOf))
  const history = historyOf(personaSchema, events)
  expect([0, 1, 4, 5, 6, 9].map((at) => history.numberAt(timeOf(at)))).toEqual([0, 1, 1, 3, 4, 4])
})

test('[RP9] a clock that ran ahead counts as when the server received the event; an event without a stamp as the one before', () => {
  const events = [
    renamedAt(1, minute(1)),
    renamedAt(2, '2031-01-01T00:00:00.000Z', timeOf(2)),
    { seqNum: 3, name: 'v1.Erased', args: {} },
    renamedAt(4, minute(4), timeOf(7)),
  ]
  expect(timesOf(personaSchema, events)).toEqual([1, 2, 2, 4].map(timeOf))
})

test('[RP10] every event has a stamp of its own: the last time its definition has', () => {
  for (const [schema, definitions] of [
    [personaSchema, personaStoreEvents],
    [workspaceSchema, workspaceStoreEvents],
  ] as const) {
    const facts = Object.values(definitions).map(
      (event) => fc.sample(anyFactOf({ event }), { ...seeded, numRuns: 1 })[0]!,
    )
    for (const event of logOf(schema, facts))
      expect(timesOf(schema, [event])[0], event.name).toBeGreaterThan(Number.NEGATIVE_INFINITY)
  }
})

const fileAt = (history: History, n: number) => {
  const state = history.stateAt(n)
  const file = state.db.serialize()
  state.close()
  return file
}
const schema = personaSchema
const diff = (history: History, from: number, to: number, options: { limit?: number; offset?: number } = {}) =>
  diffStates({ schema, openDatabase, before: fileAt(history, from), after: fileAt(history, to), ...options })

test('[RP11] a diff names what was added, changed and removed, by table and by thing, with both sides of each column', () => {
  const [memory] = sample.events.filter(({ name }) => name === 'v1.MemoryAdded')
  const { memoryId, personaId } = memory!.args as unknown as { memoryId: string; personaId: string } // a memory's
  const by = { actorId: 'ada', deviceId: 'laptop' }
  const at = new Date('2026-03-02T10:00:00Z')
  const facts = [
    ...sample.events,
    memoryEvents.memoryImportanceRevised({ memoryId, personaId, importance: 0.123, revisedAt: at, ...by }),
    memoryEvents.memoriesTagged({ personaId, memoryIds: [memoryId], batchId: 'b', tag: 'late', taggedAt: at, ...by }),
  ]
  const history = historyOf(schema, logOf(schema, facts))
  expect(diff(history, log.length, log.length)).toEqual([])
  const [changed] = diffByThing(diff(history, log.length, facts.length))
  expect(changed).toMatchObject({ kind: 'memory', id: memoryId, change: 'changed' })
  expect(changed!.rows).toMatchObject([
    {
      table: 'memories',
      change: 'changed',
      columns: [
        { column: 'importance', after: 0.123 },
        { column: 'revisedAt', before: null, after: at.getTime() },
      ],
    },
    { table: 'memoryTags', change: 'added', key: { memoryId, tag: 'late' } },
  ])
  expect(
    countsOf(diff(history, 0, facts.length)).every(([, , changed, removed]) => changed === 0 && removed === 0),
  ).toBe(true)
})

const countsOf = (diffs: readonly TableDiff[]) =>
  diffs.map(({ table, added, changed, removed }) => [table, added, changed, removed] as const)

test('[RP12] a diff backwards is the same diff with its sides exchanged, for any two states of any log', () => {
  fc.assert(
    fc.property(
      fc.array(anyFactOf(personaStoreEvents), { minLength: 20, maxLength: 60 }),
      fc.nat(60),
      fc.nat(60),
      (facts, one, other) => {
        const history = historyOf(schema, logOf(schema, facts))
        const [there, back] = [diff(history, one, other), diff(history, other, one)]
        expect(countsOf(back)).toEqual(
          there.map(({ table, added, changed, removed }) => [table, removed, changed, added]),
        )
        const sides = (diffs: readonly TableDiff[], isBack: boolean) =>
          new Set(
            diffs.flatMap(({ rows }) =>
              rows.flatMap(({ table, key, columns }) =>
                columns.map(({ column, before, after }) =>
                  JSON.stringify([table, key, column, ...(isBack ? [after, before] : [before, after])]),
                ),
              ),
            ),
          )
        expect(sides(back, true)).toEqual(sides(there, false))
      },
    ),
    { ...seeded, numRuns: 10 },
  )
})

test('[RP13] a diff counts all and brings as many rows as asked for; the next page brings the next', () => {
  const history = historyOf(schema, log)
  const all = diff(history, 0, log.length).find(({ table }) => table === 'messages')!
  const pages = [0, 5].map(
    (offset) => diff(history, 0, log.length, { limit: 5, offset }).find(({ table }) => table === 'messages')!,
  )
  expect(all.added).toBe(all.rows.length)
  expect(pages.map(({ added, rows }) => [added, rows.length])).toEqual([
    [all.added, 5],
    [all.added, 5],
  ])
  expect(pages.flatMap(({ rows }) => rows)).toEqual(all.rows.slice(0, 10))
})

test('[RP14] a world without some events, or with another materializer, is compared like any two states; the history stays', () => {
  const history = historyOf(schema, log)
  const before = tablesAtHead(history)
  const dropped = log.filter(({ name }) => name === 'v1.MemoryReinforced').map(({ seqNum }) => seqNum)
  const without = historyOf(
    schema,
    log.filter(({ seqNum }) => !dropped.includes(seqNum)),
  )
  const compare = (world: History) =>
    diffStates({ schema, openDatabase, before: fileAt(history, log.length), after: fileAt(world, log.length) })
  expect(countsOf(compare(without))).toEqual([['memoryReinforcements', 0, 0, dropped.length]])
  const create = personaMaterializers['v1.PersonaCreated']
  const renamed = historyOf(schema, log, {
    instead: {
      'v1.PersonaCreated': (created, context) =>
        create({ ...created, name: 'Other' }, context as Parameters<typeof create>[1]),
    },
  })
  expect(compare(renamed)).toMatchObject([
    { table: 'personas', changed: 1, rows: [{ columns: [{ column: 'name', after: 'Other' }] }] },
  ])
  expect(tablesAtHead(history)).toEqual(before)
})

test('[RP15] every version of one thing is told with its number, who, when, on which device, and its rows', () => {
  const [memory] = sample.events.filter(({ name }) => name === 'v1.MemoryAdded')
  const { memoryId, personaId } = memory!.args as unknown as { memoryId: string; personaId: string } // a memory's
  const at = new Date('2026-03-02T10:00:00Z')
  const facts = [
    ...sample.events,
    memoryEvents.memoryContentRevised({
      memoryId,
      personaId,
      content: 'Otherwise',
      revisedAt: at,
      actorId: 'bob',
      deviceId: 'phone',
    }),
    memoryEvents.memoryContentRevised({
      memoryId: 'nobody',
      personaId,
      content: memoryId,
      revisedAt: at,
      actorId: 'bob',
      deviceId: 'phone',
    }),
    ...[forgetMemories(personaId, [memoryId], 'b1', { at, actorId: 'ada', deviceId: 'laptop' })].flat().map((fact) => {
      if (fact instanceof Error) throw fact
      return fact
    }),
    memoryEvents.memoriesErased({
      personaId,
      memoryIds: [memoryId],
      erasureId: 'e',
      erasedAt: at,
      actorId: 'ada',
      deviceId: 'laptop',
    }),
  ]
  const history = historyOf(schema, logOf(schema, facts), { every: 50 })
  const versions = toEnd(versionSteps(schema, history, { kind: 'memory', id: memoryId }))
  const own = versions.filter(({ eventName }) => !/Reinforced|Linked/.test(eventName))
  expect(own.map(({ eventName }) => eventName)).toEqual([
    'v1.MemoryAdded',
    'v1.MemoryContentRevised',
    'v1.MemoriesForgotten',
    'v1.MemoriesErased',
  ])
  expect(own[1]).toMatchObject({
    seqNum: sample.events.length + 1,
    at: at.getTime(),
    actorId: 'bob',
    deviceId: 'phone',
    rows: { memoryBodies: [{ memoryId, content: 'Otherwise' }] },
  })
  expect(own.at(-1)!.rows.memories).toEqual([])
})

const toEnd = <A>(steps: Generator<unknown, A>): A => {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

test('[RP16] every table of a state is of a kind of thing, and each row leads to it', () => {
  for (const table of [...stateTablesOf(personaSchema), ...stateTablesOf(workspaceSchema)]) {
    const row = Object.fromEntries(table.columns.map((column) => [column, `of ${column}`]))
    const thing = thingOf(table.name, row)
    expect(thing, table.name).toBeDefined()
    expect(thing!.id).toBe(`of ${placesOf(thing!.kind).idColumn}`)
  }
})
