import { State } from '@livestore/livestore'
import type { StoreKind } from './store-id.ts'

/**
 * LiveStore rebuilds a state from its log when a table changes, but not when a materializer does, nor when an event it
 * did not know becomes known. So each kind of store has an empty table named after its revision: raise the number, and
 * every device rebuilds. A test ties the number to a hash of the sources it stands for.
 */
export const stateRevisions: Record<StoreKind, number> = { workspace: 5, persona: 8 }

export const revisionTable = (kind: StoreKind, revision = stateRevisions[kind]) =>
  State.SQLite.table({
    name: `state_revision_${revision}`,
    columns: { revision: State.SQLite.integer({ primaryKey: true }) },
  })
