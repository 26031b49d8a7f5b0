import { restoreConversations } from '#schema/conversations/commands.ts'
import type { Conversation } from '#schema/conversations/state.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import { attachmentBytes } from '#web/services/attachments/attachment-bytes.ts'
import { copyFile } from '#web/services/attachments/copy-file.ts'
import { withPersona } from '#web/services/import-lookup.ts'
import { roomIn } from '#web/services/room-in.ts'
import { giveConversation, putAway } from './give-conversation.ts'
import { type OwedConversation, owedTransfers } from './owed-transfers.ts'
import { settle, withReceiver } from './settle.ts'
import type { Watch } from './watch.ts'

/** Moves a conversation to another persona. Returns why not, or how to take it back. */
export const moveConversation = async (
  { personaId, conversationId }: Pick<Conversation, 'personaId' | 'conversationId'>,
  toPersonaId: string,
  watch: Watch,
): Promise<Error | (() => Promise<Error | undefined>)> => {
  const owed = begun(personaId, conversationId, toPersonaId) ?? { transferId: newId(), toPersonaId, conversationId }
  const refusal = await settle(personaId, owed, () => finishConversation(personaId, owed, watch))
  return refusal ?? (() => takeBack(personaId, owed))
}

/** One that failed on its way goes on: what came there already is no second copy. */
const begun = (personaId: string, conversationId: string, toPersonaId: string): OwedConversation | undefined =>
  owedTransfers(personaId)
    .filter((owed) => 'conversationId' in owed)
    .find((owed) => owed.conversationId === conversationId && owed.toPersonaId === toPersonaId)

export const finishConversation = (personaId: string, owed: OwedConversation, watch?: Watch) =>
  withPersona(personaId, (here) =>
    withReceiver(owed.toPersonaId, (there) =>
      giveConversation(
        { here, there, fromPersonaId: personaId, ...owed },
        {
          ...writing,
          copyFile,
          fetchFile: async ({ attachmentId }) => {
            const bytes = await attachmentBytes(personaId, attachmentId, watch?.signal)
            return bytes instanceof Error ? bytes : undefined
          },
          room: (store) => roomIn(store, watch?.signal),
          isStopped: () => watch?.signal.aborted === true,
          onProgress: (done, all) => watch?.onProgress(done, all),
        },
      ),
    ),
  )

const takeBack = async (personaId: string, owed: OwedConversation) => {
  const restored = await withPersona(personaId, async (here) =>
    execute(here, restoreConversations(personaId, [owed.conversationId], newId(), stampNow())),
  )
  return restored ?? withReceiver(owed.toPersonaId, async (there) => putAway({ there, ...owed }, writing))
}

const writing = { write: execute, stamp: stampNow }
