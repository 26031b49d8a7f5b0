import { makeSchema, State } from '@livestore/livestore'
import { erasureEvents, erasureMaterializers, erasureTables } from '#schema/shared/erasures.ts'
import { workspaceEvents } from '#schema/workspace/events.ts'
import { workspaceMaterializers, workspaceTables } from '#schema/workspace/state.ts'
import { revisionTable } from './revision.ts'

export const workspaceStoreEvents = { ...workspaceEvents, ...erasureEvents }

export const workspaceStoreTables = { ...workspaceTables, ...erasureTables }

/** The directory of shards: what lists need, and nothing of what a persona says or remembers. */
export const workspaceSchema = makeSchema({
  events: workspaceStoreEvents,
  state: State.SQLite.makeState({
    tables: { ...workspaceStoreTables, revision: revisionTable('workspace') },
    materializers: { ...workspaceMaterializers, ...erasureMaterializers },
  }),
  unknownEventHandling: { strategy: 'ignore' },
  devtools: { alias: 'workspace' },
})
