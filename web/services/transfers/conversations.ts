import { restoreConversations } from '#schema/conversations/commands.ts'
import type { Conversation } from '#schema/conversations/state.ts'
import { sentenceOf } from '#web/livestore/causes.ts'
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
  const refusal = await settle(personaId, owed, () => finishConversation(personaId, owed, watch)).catch(
    (error: unknown) => new MoveUnfinished(error),
  )
  return refusal ?? (() => takeConversationBack(personaId, owed))
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

/** At any later time. What was said there since goes to the trash with it. */
export const takeConversationBack = async (personaId: string, moved: OwedConversation): Promise<Error | undefined> => {
  const restored = await withPersona(personaId, async (here) =>
    execute(here, restoreConversations(personaId, [moved.conversationId], newId(), stampNow())),
  )
  if (restored !== undefined) return restored
  return withReceiver(moved.toPersonaId, async (there) => putAway({ there, ...moved }, writing)).catch(
    (error: unknown) => new StillThere(error),
  )
}

const writing = { write: execute, stamp: stampNow }

class MoveUnfinished extends Error {
  readonly _tag = 'MoveUnfinished'
  constructor(why: unknown) {
    super(
      `The move has not ended: ${sentenceOf(why)} Nothing is lost, and it goes on by itself when this device is connected again or this persona is opened next.`,
    )
  }
}

class StillThere extends Error {
  readonly _tag = 'StillThere'
  constructor(why: unknown) {
    super(`The conversation is here again, and still there too: ${sentenceOf(why)} Delete it there.`)
  }
}
