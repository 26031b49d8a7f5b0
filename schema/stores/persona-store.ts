import { makeSchema, State } from '@livestore/livestore'
import { attachmentEvents } from '#schema/attachments/events.ts'
import { attachmentMaterializers, attachmentTables, removeAttachmentsOf } from '#schema/attachments/state.ts'
import { conversationEvents } from '#schema/conversations/events.ts'
import { conversationMaterializers, conversationTables } from '#schema/conversations/state.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { memoryMaterializers, memoryTables } from '#schema/memories/state.ts'
import { personaEvents } from '#schema/personas/events.ts'
import { personaMaterializers, personaTables } from '#schema/personas/state.ts'
import { erasureEvents, erasureMaterializers, erasureTables } from '#schema/shared/erasures.ts'
import { revisionTable } from './revision.ts'

export const personaStoreEvents = {
  ...personaEvents,
  ...memoryEvents,
  ...conversationEvents,
  ...attachmentEvents,
  ...erasureEvents,
}

export const personaStoreTables = {
  ...personaTables,
  ...memoryTables,
  ...conversationTables,
  ...attachmentTables,
  ...erasureTables,
}

const eraseConversations = conversationMaterializers['v1.ConversationsErased']

/** Everything that is one persona's. An event of a newer version is kept in the log and applied after the update. */
export const personaSchema = makeSchema({
  events: personaStoreEvents,
  state: State.SQLite.makeState({
    tables: { ...personaStoreTables, revision: revisionTable('persona') },
    materializers: {
      ...personaMaterializers,
      ...memoryMaterializers,
      ...conversationMaterializers,
      ...attachmentMaterializers,
      ...erasureMaterializers,
      // A conversation takes its files along.
      'v1.ConversationsErased': (erased, context) => [
        ...[eraseConversations(erased, context)].flat(),
        removeAttachmentsOf(erased.conversationIds),
      ],
    },
  }),
  unknownEventHandling: { strategy: 'ignore' },
  devtools: { alias: 'persona' },
})
