import { makeSchema, State } from '@livestore/livestore'
import { anchorEvents } from '#schema/anchors/events.ts'
import { anchorMaterializers, anchorTables } from '#schema/anchors/state.ts'
import { providerEvents } from '#schema/providers/events.ts'
import { providerMaterializers, providerTables } from '#schema/providers/state.ts'
import { erasureTables, personasErasureEvents, personasErasureMaterializers } from '#schema/shared/erasures.ts'
import { snapshotEvents } from '#schema/snapshots/events.ts'
import { snapshotMaterializers, snapshotTables } from '#schema/snapshots/state.ts'
import { workspaceEvents } from '#schema/workspace/events.ts'
import { workspaceMaterializers, workspaceTables } from '#schema/workspace/state.ts'
import { revisionTable } from './revision.ts'

export const workspaceStoreEvents = {
  ...workspaceEvents,
  ...providerEvents,
  ...anchorEvents,
  ...snapshotEvents,
  ...personasErasureEvents,
}

export const workspaceStoreTables = {
  ...workspaceTables,
  ...providerTables,
  ...anchorTables,
  ...snapshotTables,
  ...erasureTables,
}

/** The directory of shards: what lists need, and nothing of what a persona says or remembers. */
export const workspaceSchema = makeSchema({
  events: workspaceStoreEvents,
  state: State.SQLite.makeState({
    tables: { ...workspaceStoreTables, revision: revisionTable('workspace') },
    materializers: {
      ...workspaceMaterializers,
      ...providerMaterializers,
      ...anchorMaterializers,
      ...snapshotMaterializers,
      ...personasErasureMaterializers,
    },
  }),
  unknownEventHandling: { strategy: 'ignore' },
  devtools: { alias: 'workspace' },
})
