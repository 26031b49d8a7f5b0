import { makeSchema, State } from '@livestore/livestore'
import { workspaceEvents } from '#schema/workspace/events.ts'
import { workspaceMaterializers, workspaceTables } from '#schema/workspace/state.ts'
import { revisionTable } from './revision.ts'

/** The directory of shards: what lists need, and nothing of what a persona says or remembers. */
export const workspaceSchema = makeSchema({
  events: workspaceEvents,
  state: State.SQLite.makeState({
    tables: { ...workspaceTables, revision: revisionTable('workspace') },
    materializers: workspaceMaterializers,
  }),
  unknownEventHandling: { strategy: 'ignore' },
  devtools: { alias: 'workspace' },
})
