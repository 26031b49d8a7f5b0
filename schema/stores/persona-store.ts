import { makeSchema, State } from '@livestore/livestore'
import { attachmentEvents } from '#schema/attachments/events.ts'
import { attachmentMaterializers, attachmentTables, removeAttachmentsOf } from '#schema/attachments/state.ts'
import { conversationEvents } from '#schema/conversations/events.ts'
import { conversationMaterializers, conversationTables } from '#schema/conversations/state.ts'
import { conversationTransferEvents } from '#schema/conversations/transfer-events.ts'
import { conversationTransferMaterializers, conversationTransferTables } from '#schema/conversations/transfer-state.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { lifeEvents } from '#schema/memories/life-events.ts'
import { lifeMaterializers, lifeTables } from '#schema/memories/life-state.ts'
import { memoryMaterializers, memoryTables } from '#schema/memories/state.ts'
import { personaEvents } from '#schema/personas/events.ts'
import { personaMaterializers, personaTables } from '#schema/personas/state.ts'
import { proposalEvents } from '#schema/proposals/events.ts'
import { proposalMaterializers, proposalTables, removeProposals } from '#schema/proposals/state.ts'
import { erasureEvents, erasureMaterializers, erasureTables } from '#schema/shared/erasures.ts'
import { taskEvents } from '#schema/tasks/events.ts'
import { removeTasksOf, taskMaterializers, taskTables } from '#schema/tasks/state.ts'
import { revisionTable } from './revision.ts'

export const personaStoreEvents = {
  ...personaEvents,
  ...memoryEvents,
  ...lifeEvents,
  ...conversationEvents,
  ...conversationTransferEvents,
  ...proposalEvents,
  ...taskEvents,
  ...attachmentEvents,
  ...erasureEvents,
}

export const personaStoreTables = {
  ...personaTables,
  ...memoryTables,
  ...lifeTables,
  ...conversationTables,
  ...conversationTransferTables,
  ...proposalTables,
  ...taskTables,
  ...attachmentTables,
  ...erasureTables,
}

const eraseMemories = memoryMaterializers['v1.MemoriesErased']
const eraseConversations = conversationMaterializers['v1.ConversationsErased']

/** Everything that is one persona's. An event of a newer version is kept in the log and applied after the update. */
export const personaSchema = makeSchema({
  events: personaStoreEvents,
  state: State.SQLite.makeState({
    tables: { ...personaStoreTables, revision: revisionTable('persona') },
    materializers: {
      ...personaMaterializers,
      ...memoryMaterializers,
      ...lifeMaterializers,
      ...conversationMaterializers,
      ...conversationTransferMaterializers,
      ...proposalMaterializers,
      ...taskMaterializers,
      ...attachmentMaterializers,
      ...erasureMaterializers,
      // With a memory goes what it was when it was proposed.
      'v1.MemoriesErased': (erased, context) => [
        removeProposals(erased.memoryIds),
        ...[eraseMemories(erased, context)].flat(),
      ],
      // With a conversation go its files, and what was done for its answers.
      'v1.ConversationsErased': (erased, context) => [
        ...removeTasksOf(erased.conversationIds),
        ...[eraseConversations(erased, context)].flat(),
        ...removeAttachmentsOf(erased.conversationIds),
      ],
    },
  }),
  unknownEventHandling: { strategy: 'ignore' },
  devtools: { alias: 'persona' },
})
