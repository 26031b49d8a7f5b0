import type { LiveStoreSchema } from '@livestore/livestore'
import { openSqlite } from '#cli/sqlite.ts'
import { type History, type HistoryOptions, openHistory } from '#schema/stores/history.ts'
import type { LogEvent } from '#schema/stores/replay.ts'
import { tableHashes } from '#schema/stores/state-hash.ts'
import { stateTablesOf } from '#schema/stores/state-tables.ts'
import { logOf } from './log-events.ts'
import { type Fact, storeWith } from './stores.ts'

export const openDatabase = await openSqlite()

export const historyOf = (
  schema: LiveStoreSchema,
  events: readonly LogEvent[],
  options: Partial<HistoryOptions> = {},
): History => openHistory({ schema, events, openDatabase, ...options })

/** The hash of each table that the replay makes of these facts. */
export const replayedTables = (schema: LiveStoreSchema, facts: readonly Fact[]) =>
  tablesAtHead(historyOf(schema, logOf(schema, facts)))

export const tablesAtHead = (history: History) => tablesAt(history, history.head)

export const tablesAt = (history: History, n: number) => {
  if (history.failure !== undefined && n > history.head) throw history.failure
  const state = history.stateAt(n)
  try {
    return Object.fromEntries(state.hashes())
  } finally {
    state.close()
  }
}

/** The hash of each table that LiveStore makes of them. */
export const liveStoreTables = async (schema: LiveStoreSchema, facts: readonly Fact[]) => {
  const store = await storeWith(schema, facts)
  const names = stateTablesOf(schema).map(({ name }) => name)
  const hashes = tableHashes(names, (query) => store.query({ query, bindValues: [] }))
  await store.shutdownPromise()
  return Object.fromEntries(hashes)
}
