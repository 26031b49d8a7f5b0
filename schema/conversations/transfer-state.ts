import { State } from '@livestore/livestore'
import { key, rowsAsJson, time, write } from '#schema/shared/tables.ts'
import { conversationTransferEvents } from './transfer-events.ts'
import { insertConversations, insertMessages } from './writes.ts'

/** Where a conversation went that left for another persona, and by which transfer: its id there follows from that. */
const conversationTransfers = State.SQLite.table({
  name: 'conversationTransfers',
  columns: {
    conversationId: key(),
    toPersonaId: State.SQLite.text(),
    transferId: State.SQLite.text(),
    transferredAt: time(),
  },
})

export const conversationTransferTables = { conversationTransfers }

/** Total and idempotent. */
export const conversationTransferMaterializers = State.SQLite.materializers(conversationTransferEvents, {
  'v1.ConversationsTransferred': ({ conversationIds, toPersonaId, batchId, transferredAt }) => {
    const values = { at: transferredAt.getTime(), ids: rowsAsJson(conversationIds) }
    return [
      write(
        `insert or replace into conversationTransfers (conversationId, toPersonaId, transferId, transferredAt)
         select value, $toPersonaId, $batchId, $at from json_each($ids)
         where value in (select conversationId from conversations)`,
        { ...values, toPersonaId, batchId },
        'conversationTransfers',
      ),
      write(
        `update conversations set deletedAt = $at
         where deletedAt is null and conversationId in (select value from json_each($ids))`,
        values,
        'conversations',
      ),
    ]
  },
  'v1.ConversationsReceived': ({ personaId, conversations }) => insertConversations(personaId, conversations, null),
  'v1.MessagesReceived': ({ personaId, messages }) => insertMessages(personaId, messages, null),
})
