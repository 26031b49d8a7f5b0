import { Data, Schema } from 'effect'
import { inParts } from '#schema/shared/in-parts.ts'
import type { Origin } from '#schema/shared/origin.ts'
import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { receivedIdOf, TransferToItself } from '#schema/shared/transfers.ts'
import type { Answer, ImportedConversation, ImportedMessage } from './events.ts'
import { isKnownPart, type MessagePart } from './parts.ts'
import { ConversationNotFound } from './refusals.ts'
import type { Conversation } from './state.ts'
import { conversationTransferEvents } from './transfer-events.ts'

/**
 * A conversation goes to another persona: facts in two logs, which nothing makes one. The one it comes to is told first.
 *
 *     here                               there
 *     (open)  ────────────────────►  v1.ConversationsReceived, v1.AttachmentReceived …, v1.MessagesReceived …
 *     v1.ConversationsTransferred  ◄── only once all of it is there
 *
 * Ids follow from the transfer: told twice, it adds nothing. A crash in between leaves it here whole; again, it ends.
 */
export interface Transfer {
  readonly transferId: string
  readonly fromPersonaId: string
  readonly toPersonaId: string
}

export interface TransferredMessage extends ImportedMessage {
  readonly deletedAt?: Date
}

const conversationFormat = 'pjai-conversation'

/** Before anything is told, and again before it leaves. `isAnswered`: an answer to it is under way. */
export const refuseTransfer = (
  conversation: Pick<Conversation, 'personaId' | 'deletedAt'> | null,
  toPersonaId: string,
  isAnswered: boolean,
) => {
  if (conversation === null) return new ConversationNotFound()
  if (conversation.deletedAt !== null) return new ConversationInTrash()
  if (conversation.personaId === toPersonaId) return new TransferToItself()
  return isAnswered ? new AnswerUnderWay() : undefined
}

export const receiveConversation = (
  { conversationId, currentMessageId, origin, ...conversation }: ImportedConversation,
  { transferId, fromPersonaId, toPersonaId }: Transfer,
  stamp: Stamp,
) =>
  conversationTransferEvents.conversationsReceived({
    personaId: toPersonaId,
    batchId: transferId,
    fromPersonaId,
    conversations: [
      {
        ...conversation,
        conversationId: receivedIdOf(conversationId, transferId),
        currentMessageId: currentMessageId === null ? null : receivedIdOf(currentMessageId, transferId),
        origin: {
          format: conversationFormat,
          sourceId: conversationId,
          rest: JSON.stringify({ personaId: fromPersonaId, ...(origin === undefined ? {} : { origin }) }),
        },
      },
    ],
    receivedAt: stamp.at,
    ...signature(stamp),
  })

/** Few and coarse facts, for any number of messages. */
export const receiveMessages = (
  messages: readonly TransferredMessage[],
  { transferId, toPersonaId }: Transfer,
  stamp: Stamp,
) =>
  [...inParts(messages.map((message) => toReceived(message, transferId)))].map((part) =>
    conversationTransferEvents.messagesReceived({
      personaId: toPersonaId,
      batchId: transferId,
      messages: part,
      receivedAt: stamp.at,
      ...signature(stamp),
    }),
  )

/** Here it is deleted, and says where it went. */
export const transferConversation = (
  conversationId: string,
  { transferId, fromPersonaId, toPersonaId }: Transfer,
  stamp: Stamp,
) =>
  conversationTransferEvents.conversationsTransferred({
    personaId: fromPersonaId,
    conversationIds: [conversationId],
    batchId: transferId,
    toPersonaId,
    transferredAt: stamp.at,
    ...signature(stamp),
  })

/** Which conversation of which persona it was; null if no transfer brought it. */
export const cameFrom = (origin: Origin | null | undefined) => {
  if (origin?.format !== conversationFormat) return null
  const rest = decodeRest(origin.rest)
  return rest._tag === 'None' ? null : { personaId: rest.value.personaId, conversationId: origin.sourceId }
}

const decodeRest = Schema.decodeUnknownOption(Schema.parseJson(Schema.Struct({ personaId: Schema.String })))

const toReceived = (
  { messageId, conversationId, parentMessageId, parts, answer, ...message }: TransferredMessage,
  transferId: string,
): TransferredMessage => ({
  ...message,
  messageId: receivedIdOf(messageId, transferId),
  conversationId: receivedIdOf(conversationId, transferId),
  parentMessageId: parentMessageId === null ? null : receivedIdOf(parentMessageId, transferId),
  parts: parts.map((part) => toReceivedPart(part, transferId)),
  ...(answer === undefined ? {} : { answer: toReceivedAnswer(answer, transferId) }),
  sourceId: messageId,
})

const toReceivedPart = (part: MessagePart, transferId: string): MessagePart =>
  isKnownPart(part) && part.type === 'file'
    ? { ...part, attachmentId: receivedIdOf(part.attachmentId, transferId) }
    : part

/** The memories it was given stay where they are: their ids say which, should the conversation come back. */
const toReceivedAnswer = (answer: Answer, transferId: string): Answer => ({
  ...answer,
  recalledMessageIds: answer.recalledMessageIds.map((messageId) => receivedIdOf(messageId, transferId)),
})

export class ConversationInTrash extends Data.TaggedError('ConversationInTrash') {
  override readonly message = 'This conversation is in the trash. Restore it first, then move it.'
}

export class AnswerUnderWay extends Data.TaggedError('AnswerUnderWay') {
  override readonly message =
    'An answer is still coming in this conversation. Nothing was moved. Wait for it or stop it, then move the conversation.'
}
