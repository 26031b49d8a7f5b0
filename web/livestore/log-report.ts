import { StoreInternalsSymbol } from '@livestore/livestore'
import { Effect } from 'effect'
import { stateHash } from '#schema/stores/state-hash.ts'
import { pool } from './stores.ts'

export interface LogReport {
  readonly events: readonly { readonly eventName: string; readonly count: number; readonly isKnown: boolean }[]
  readonly stateHash: string
}

/** Counts a store's log by kind of event, and hashes its state. Opens the store if it is closed. */
export const lookIntoLog = async (storeId: string): Promise<LogReport> => {
  const store = await pool.open(storeId)
  const { factsIn } = await import('./eventlog.ts')
  const log = await Effect.runPromise(store[StoreInternalsSymbol].clientSession.leaderThread.getEventlogData)
  const byName = Map.groupBy(await factsIn(log, 'all'), ({ name }) => name)
  return {
    events: [...byName]
      .map(([eventName, facts]) => ({
        eventName,
        count: facts.length,
        isKnown: store.schema.eventsDefsMap.has(eventName),
      }))
      .toSorted((a, b) => b.count - a.count),
    stateHash: stateHash([...store.schema.state.sqlite.tables.keys()].filter(isOurs), (query) =>
      store.query({ query, bindValues: [] }),
    ),
  }
}

const isOurs = (table: string) => !table.startsWith('__livestore') && !table.startsWith('state_revision_')
