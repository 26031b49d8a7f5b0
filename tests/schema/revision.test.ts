import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { makeInMemoryAdapter } from '@livestore/adapter-web'
import { createStorePromise, Events, makeSchema, Schema, State, StoreInternalsSymbol } from '@livestore/livestore'
import { Effect, LogLevel } from 'effect'
import { parseSync } from 'vite'
import { expect, test, vi } from 'vitest'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { revisionTable, stateRevisions } from '#schema/stores/revision.ts'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import { readSources, root } from '#tests/structure/sources.ts'
import { makeSyncLog } from '#tests/support/sync-log.ts'

const recorded: Readonly<Record<string, Readonly<Record<string, string>>>> = JSON.parse(
  readFileSync(`${root}tests/fixtures/state-revisions.json`, 'utf8'),
)

test.each(['persona', 'workspace'] as const)(
  '[ST22] the revision of the %s state is raised when what makes it changes',
  (kind) => {
    const revision = stateRevisions[kind]
    const hash = hashOfSources(`schema/stores/${kind}-store.ts`)
    expect(
      recorded[kind]?.[revision],
      `What makes the ${kind} state has changed since revision ${revision}. If that was shipped, raise stateRevisions.${kind} ` +
        `in schema/stores/revision.ts; then record "${hash}" under the number in tests/fixtures/state-revisions.json.`,
    ).toBe(hash)
  },
)

/** Everything the store's definition imports of the schema. Comments and white space do not count. */
const hashOfSources = (entry: string): string => {
  const sources = new Map(readSources().map((source) => [source.path, source]))
  const reached = new Set<string>()
  const reach = (path: string) => {
    if (reached.has(path) || path === 'schema/stores/revision.ts') return
    reached.add(path)
    sources.get(path)?.imports.forEach(reach)
  }
  reach(entry)
  const hash = createHash('sha256')
  for (const path of [...reached].toSorted()) hash.update(`${path}\n${bareCode(path)}\n`)
  return hash.digest('hex').slice(0, 16)
}

const bareCode = (path: string): string => {
  const code = readFileSync(root + path, 'utf8')
  const { comments } = parseSync(path, code)
  const bare = comments.toReversed().reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), code)
  return bare.replace(/\s+/g, '')
}

test('[ST23] another revision is another schema to LiveStore', () => {
  for (const schema of [personaSchema, workspaceSchema]) {
    const hashWith = (revision: number) =>
      makeSchema({
        events: {},
        state: State.SQLite.makeState({
          tables: { revision: { ...revisionTable('persona', revision) } },
          materializers: {},
        }),
      }).state.sqlite.hash
    expect(hashWith(1)).not.toBe(hashWith(2))
    expect([...schema.state.sqlite.tables.keys()].filter((name) => name.startsWith('state_revision_'))).toHaveLength(1)
  }
})

test('[ST24] an event of an unknown name is kept in the log and skipped; a version that knows it applies it from the log it pulls', async () => {
  const log = makeSyncLog()
  const newer = await openWith(newSchema, log.device('newer', { online: true }))
  newer.commit(noted({ noteId: 'n1', text: 'from the future' }), named({ noteId: 'n1', name: 'known' }))
  await vi.waitFor(() => expect(log.events()).toHaveLength(2), 30_000)

  const older = await openWith(oldSchema, log.device('older', { online: true }))
  await vi.waitFor(() => expect(older.query(names.count())).toBe(1), 30_000)
  expect(older[StoreInternalsSymbol].isShutdown).toBe(false)
  const eventlog = await Effect.runPromise(older[StoreInternalsSymbol].clientSession.leaderThread.getEventlogData)
  expect(new TextDecoder().decode(eventlog)).toContain('from the future')

  const updated = await openWith(newSchema, log.device('older', { online: true }))
  await vi.waitFor(() => expect(updated.query(notes.count())).toBe(1), 30_000)
})

const openWith = <S extends typeof oldSchema | typeof newSchema>(
  schema: S,
  device: ReturnType<ReturnType<typeof makeSyncLog>['device']>,
) =>
  createStorePromise({
    schema,
    adapter: makeInMemoryAdapter({ clientId: device.deviceId, sync: { backend: device.backend } }),
    storeId: 'persona_test',
    disableDevtools: true,
    batchUpdates: (run) => run(),
    logLevel: LogLevel.None,
  })

const named = Events.synced({ name: 'v1.Named', schema: Schema.Struct({ noteId: Schema.String, name: Schema.String }) })
const noted = Events.synced({ name: 'v1.Noted', schema: Schema.Struct({ noteId: Schema.String, text: Schema.String }) })
const names = State.SQLite.table({
  name: 'names',
  columns: { noteId: State.SQLite.text({ primaryKey: true }), name: State.SQLite.text() },
})
const notes = State.SQLite.table({
  name: 'notes',
  columns: { noteId: State.SQLite.text({ primaryKey: true }), text: State.SQLite.text() },
})

const oldSchema = makeSchema({
  events: { named },
  state: State.SQLite.makeState({
    tables: { names, notes, revision: revisionTable('persona', 1) },
    materializers: State.SQLite.materializers(
      { named },
      { 'v1.Named': ({ noteId, name }) => names.insert({ noteId, name }).onConflict('noteId', 'ignore') },
    ),
  }),
  unknownEventHandling: { strategy: 'ignore' },
})

const newSchema = makeSchema({
  events: { named, noted },
  state: State.SQLite.makeState({
    tables: { names, notes, revision: revisionTable('persona', 2) },
    materializers: State.SQLite.materializers(
      { named, noted },
      {
        'v1.Named': ({ noteId, name }) => names.insert({ noteId, name }).onConflict('noteId', 'ignore'),
        'v1.Noted': ({ noteId, text }) => notes.insert({ noteId, text }).onConflict('noteId', 'ignore'),
      },
    ),
  }),
  unknownEventHandling: { strategy: 'ignore' },
})
