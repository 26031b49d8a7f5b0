import { readFileSync } from 'node:fs'
import { Events, makeSchema, Schema, State } from '@livestore/livestore'
import { FastCheck as fc } from 'effect'
import { expect, test, vi } from 'vitest'
import { planImport } from '#schema/imports/plan-import.ts'
import { importEvents, withdrawEvents } from '#schema/stores/import-events.ts'
import { largeWorkspace } from '#schema/stores/large-workspace.ts'
import { personaSchema, personaStoreEvents } from '#schema/stores/persona-store.ts'
import { sampleWorkspace } from '#schema/stores/sample-workspace.ts'
import { workspaceSchema, workspaceStoreEvents } from '#schema/stores/workspace-store.ts'
import { anyFactOf, seeded } from '#tests/support/any-fact.ts'
import { coherentLog } from '#tests/support/coherent-log.ts'
import { logOf } from '#tests/support/log-events.ts'
import { historyOf, liveStoreTables, replayedTables, tablesAtHead } from '#tests/support/replays.ts'
import type { Fact } from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 120_000 })

const options = {
  workspaceId: 'w1',
  now: new Date('2026-03-01T10:00:00Z'),
  actorId: 'ada',
  deviceId: 'laptop',
  cell: 'c1',
}
const stamp = { at: options.now, actorId: 'ada', deviceId: 'laptop' }

const shipped = (kind: 'persona' | 'workspace'): readonly Fact[] => {
  const schema = kind === 'persona' ? personaSchema : workspaceSchema
  return readFileSync(new URL(`../fixtures/shipped-events/${kind}.jsonl`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { name, args } = JSON.parse(line)
      return { name, args: Schema.decodeUnknownSync(schema.eventsDefsMap.get(name)!.schema)(args) }
    })
}

const imported = (): readonly Fact[] => {
  const path = new URL('../fixtures/imports/', import.meta.url)
  const plan = planImport(readFileSync(new URL('chatgpt-small.json', path)), 'chatgpt-small.json', {
    workspaceId: 'w',
    now: options.now,
  })
  if (plan instanceof Error) throw plan
  return plan.personas.flatMap((persona) => [
    ...importEvents(persona, 'i1', stamp),
    ...withdrawEvents(persona.personaId, 'i1', stamp),
    ...importEvents(persona, 'i2', stamp),
  ])
}

const sample = sampleWorkspace(options)
const large = [...largeWorkspace({ ...options, personas: 3, seed: 3 })]

test.each([
  ['every event ever shipped to a persona', personaSchema, () => shipped('persona')],
  ['every event ever shipped to a workspace', workspaceSchema, () => shipped('workspace')],
  ['the sample’s personas', personaSchema, () => sample.personas.flatMap(({ events }): readonly Fact[] => events)],
  ['the sample’s workspace', workspaceSchema, () => sample.workspaceEvents],
  ['a large persona', personaSchema, () => large.flatMap(({ events }): readonly Fact[] => events)],
  [
    'a large workspace',
    workspaceSchema,
    () => large.flatMap(({ workspaceEvents }): readonly Fact[] => workspaceEvents),
  ],
  ['an import, withdrawn and brought again', personaSchema, imported],
] as const)('[RP1] a replay makes of %s what LiveStore makes of it, table by table', async (_, schema, facts) => {
  const given = facts()
  expect(given.length).toBeGreaterThan(2)
  expect(replayedTables(schema, given)).toEqual(await liveStoreTables(schema, given))
})

test.each([
  ['coherent', personaSchema, coherentLog('a')],
  ['wild', personaSchema, fc.array(anyFactOf(personaStoreEvents), { minLength: 20, maxLength: 60 })],
  ['wild', workspaceSchema, fc.array(anyFactOf(workspaceStoreEvents), { minLength: 20, maxLength: 60 })],
] as const)('[RP2] a replay makes of any log what LiveStore makes of it: %s', async (_, schema, log) => {
  await fc.assert(
    fc.asyncProperty(log, async (facts) => {
      expect(replayedTables(schema, facts)).toEqual(await liveStoreTables(schema, facts))
    }),
    { ...seeded, numRuns: 6 },
  )
})

const noted = Events.synced({
  name: 'v1.Noted',
  schema: Schema.Struct({ noteId: Schema.String, text: Schema.String, notedAt: Schema.Date }),
})
const notes = State.SQLite.table({
  name: 'notes',
  columns: {
    noteId: State.SQLite.text({ primaryKey: true }),
    text: State.SQLite.text({ default: 'none' }),
    before: State.SQLite.integer({ nullable: true }),
    notedAt: State.SQLite.integer({ schema: Schema.DateFromNumber }),
  },
})
const readers = makeSchema({
  events: { noted },
  state: State.SQLite.makeState({
    tables: { notes },
    materializers: State.SQLite.materializers(
      { noted },
      {
        'v1.Noted': ({ noteId, text, notedAt }, { query }) => {
          const before = query(notes.count())
          const [first] = query({
            query: 'select text from notes where noteId <> $noteId limit 1',
            bindValues: { noteId },
          })
          return [
            notes.insert({ noteId, text, before, notedAt }).onConflict('noteId', 'replace'),
            first === undefined
              ? "update notes set text = 'first; of all'; update notes set before = -1"
              : [notes.update({ before: 7 }).where({ noteId: 'none' })].flat()[0]!,
          ]
        },
      },
    ),
  }),
})

test('[RP3] a materializer that asks the state, or writes SQL of its own, is replayed as LiveStore runs it', async () => {
  const facts = ['a', 'b', 'a', 'c'].map((noteId, index) => noted({ noteId, text: `t${index}`, notedAt: options.now }))
  expect(replayedTables(readers, facts)).toEqual(await liveStoreTables(readers, facts))
})

test('[RP23] one message or memory is written as an import writes it', () => {
  const by = { actorId: 'ada', deviceId: 'laptop' }
  const at = options.now
  const text = "It’s “ﬁne” 日本語 👩‍👩‍👧, she said; 'drop table'\n  and left."
  const message = {
    messageId: 'm1',
    conversationId: 'c1',
    parentMessageId: 'm0',
    role: 'assistant',
    parts: [
      { type: 'text', text },
      { type: 'later', of: [1, { deep: true }] },
    ],
    sentAt: at,
    answer: { model: 'a/m', recalledMemoryIds: ['r1', 'r2'], recalledMessageIds: ['m0'], promptTokens: 3.5 },
  } as const
  const memory = {
    memoryId: 'r1',
    content: text,
    importance: 1,
    kind: 'fact',
    tags: ['garden', 'it’s'],
    sourceEventIds: ['m0'],
    occurredAt: at,
  }
  const brought = { personaId: 'ada', importId: 'i1', importedAt: at, ...by }
  const { messageSent, messagesImported, memoryAdded, memoriesImported } = personaStoreEvents
  const one = [
    messageSent({ ...message, personaId: 'ada', ...by }),
    memoryAdded({ ...memory, personaId: 'ada', addedAt: at, ...by }),
  ]
  const many = [
    messagesImported({ ...brought, messages: [message] }),
    memoriesImported({ ...brought, memories: [memory] }),
  ]
  const erased = [
    personaStoreEvents.conversationsErased({
      personaId: 'ada',
      conversationIds: ['c1'],
      erasureId: 'e1',
      erasedAt: at,
      ...by,
    }),
    personaStoreEvents.memoriesErased({ personaId: 'ada', memoryIds: ['r1'], erasureId: 'e2', erasedAt: at, ...by }),
  ]
  const tables = ['messages', 'messageBodies', 'messageRecalls', 'memories', 'memoryBodies', 'memoryTags']
  const rowsAfter = (facts: readonly Fact[]) => {
    const history = historyOf(personaSchema, logOf(personaSchema, facts))
    if (history.failure !== undefined) throw history.failure
    const past = history.stateAt(history.head)
    const rows = tables.map((table) =>
      past.db.all(`select * from ${table} order by 1, 2`).map((row) => ({ ...row, importId: '' })),
    )
    past.close()
    return rows
  }
  expect(rowsAfter(one)).toEqual(rowsAfter(many))
  expect(rowsAfter(one).flat()).toHaveLength(8)
  expect(rowsAfter([...one, ...one, ...many])).toEqual(rowsAfter(one))
  for (const again of [one, many]) expect(rowsAfter([...one, ...erased, ...again]).flat()).toEqual([])
})

test('[RP4] an event of an unknown name changes nothing and is counted', async () => {
  const events = sample.personas[0]!.events
  const unknown = { name: 'v9.FromTheFuture', args: { personaId: 'p' } }
  const history = historyOf(
    personaSchema,
    logOf(personaSchema, [unknown, ...events.flatMap((event) => [event, unknown])]),
  )
  expect([...history.skipped]).toEqual([['v9.FromTheFuture', events.length + 1]])
  expect(tablesAtHead(history)).toEqual(replayedTables(personaSchema, events))
})

test.each([
  [
    'its arguments are not what its definition says',
    { seqNum: 3, name: 'v1.PersonaRenamed', args: { personaId: 7 } },
    {},
  ],
  [
    'its materializer throws',
    {
      seqNum: 3,
      name: 'v1.PersonaRestored',
      args: { personaId: 'p', restoredAt: '2026-03-01T10:00:00.000Z', actorId: 'a', deviceId: 'd' },
    },
    {
      'v1.PersonaRestored': (): never => {
        throw new Error('broken')
      },
    },
  ],
  [
    'SQLite refuses what it writes',
    {
      seqNum: 3,
      name: 'v1.PersonaRestored',
      args: { personaId: 'p', restoredAt: '2026-03-01T10:00:00.000Z', actorId: 'a', deviceId: 'd' },
    },
    { 'v1.PersonaRestored': (): string => 'insert into nowhere values (1)' },
  ],
] as const)(
  '[RP5] an event that cannot be replayed is named, without a stack trace, and what came before it stands: %s',
  (_, bad, instead) => {
    const [first, second, third] = logOf(personaSchema, sample.personas[0]!.events)
    const history = historyOf(personaSchema, [first!, second!, bad, { ...third!, seqNum: 4 }], { instead })
    expect(history.failure).toMatchObject({ _tag: 'EventNotReplayed', seqNum: 3, eventName: bad.name })
    expect(history.failure!.message).toMatch(/^Event 3 \(v1\.Persona\w+\) cannot be replayed: /)
    expect(history.failure!.message).not.toMatch(/\n\s+at /)
    expect(history.head).toBe(2)
    expect(tablesAtHead(history)).toEqual(replayedTables(personaSchema, sample.personas[0]!.events.slice(0, 2)))
  },
)
