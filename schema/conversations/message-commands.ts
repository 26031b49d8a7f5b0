import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { byteCount, characterCount } from '#schema/shared/text.ts'
import { textHashOf } from '#schema/shared/text-hash.ts'
import { type Answer, conversationEvents, type Role } from './events.ts'
import { type MessagePart, textOfParts } from './parts.ts'
import {
  ConflictAlreadySettled,
  ConversationNotFound,
  MessageEmpty,
  MessageNotFound,
  MessageTooLarge,
  MessageTooLong,
} from './refusals.ts'
import type { Conversation, Message, MessageConflict } from './state.ts'

export interface MessageDraft {
  readonly messageId: string
  readonly parentMessageId: string | null
  readonly role: Role
  readonly parts: readonly MessagePart[]
  readonly answer?: Answer
}

/** `conversation` may be one that starts with this message: its ids are enough. */
export const sendMessage = (conversation: ConversationIds | null, draft: MessageDraft, stamp: Stamp) => {
  if (conversation === null) return new ConversationNotFound()
  const { conversationId, personaId } = conversation
  return (
    refuseParts(draft.parts) ??
    conversationEvents.messageSent({ conversationId, personaId, ...draft, sentAt: stamp.at, ...signature(stamp) })
  )
}

/** `message` is what the author of the edit saw. */
export const editMessage = (
  message: SeenMessage | null,
  parts: readonly MessagePart[],
  editId: string,
  stamp: Stamp,
) => {
  if (message === null) return new MessageNotFound()
  return (
    refuseParts(parts) ??
    conversationEvents.messageEdited({
      editId,
      ...messageIdsOf(message),
      parts,
      basedOn: textHashOf(textOfParts(message.parts)),
      editedAt: stamp.at,
      ...signature(stamp),
    })
  )
}

/** `parts` are to stand from now on: those of either text, or what a person made of both. */
export const settleMessageConflict = (
  conflict: MessageConflict | null,
  message: SeenMessage | null,
  parts: readonly MessagePart[],
  editId: string,
  stamp: Stamp,
) => {
  if (message === null) return new MessageNotFound()
  if (conflict === null || conflict.settledAt !== null) return new ConflictAlreadySettled()
  return (
    refuseParts(parts) ??
    conversationEvents.messageConflictSettled({
      conflictId: conflict.conflictId,
      editId,
      ...messageIdsOf(message),
      parts,
      basedOn: textHashOf(textOfParts(message.parts)),
      settledAt: stamp.at,
      ...signature(stamp),
    })
  )
}

/** Takes a choice back: `before` is the message as it stood then, `message` as the choice left it. */
export const reopenMessageConflict = (
  conflictId: string,
  before: SeenMessage,
  message: SeenMessage | null,
  editId: string,
  stamp: Stamp,
) => {
  const edited = editMessage(message, before.parts, editId, stamp)
  if (message === null || edited instanceof Error) return edited
  const ids = messageIdsOf(before)
  const reopened = conversationEvents.messageConflictReopened({
    conflictId,
    ...ids,
    reopenedAt: stamp.at,
    ...signature(stamp),
  })
  return textOfParts(message.parts) === textOfParts(before.parts) ? [reopened] : [edited, reopened]
}

export const deleteMessage = (message: MessageIds | null, batchId: string, stamp: Stamp) => {
  if (message === null) return new MessageNotFound()
  const { messageId, ...rest } = messageIdsOf(message)
  return conversationEvents.messagesDeleted({
    ...rest,
    messageIds: [messageId],
    batchId,
    deletedAt: stamp.at,
    ...signature(stamp),
  })
}

export const restoreMessage = (message: MessageIds | null, batchId: string, stamp: Stamp) => {
  if (message === null) return new MessageNotFound()
  const { messageId, ...rest } = messageIdsOf(message)
  return conversationEvents.messagesRestored({
    ...rest,
    messageIds: [messageId],
    batchId,
    restoredAt: stamp.at,
    ...signature(stamp),
  })
}

/** Opens the branch that ends in `message`. */
export const chooseBranch = (message: MessageIds | null, stamp: Stamp) =>
  message === null
    ? new MessageNotFound()
    : conversationEvents.branchChosen({ ...messageIdsOf(message), chosenAt: stamp.at, ...signature(stamp) })

type ConversationIds = Pick<Conversation, 'conversationId' | 'personaId'>

type MessageIds = Pick<Message, 'messageId' | 'conversationId' | 'personaId'>

interface SeenMessage extends MessageIds {
  readonly parts: readonly MessagePart[]
}

const messageIdsOf = ({ messageId, conversationId, personaId }: MessageIds) => ({
  messageId,
  conversationId,
  personaId,
})

/**
 * An event that the sync side would not carry (900 000 bytes, sealed) is refused before it is written. Text at its limit
 * fits in any script; a picture pasted into a message may not.
 */
const refuseParts = (parts: readonly MessagePart[]) => {
  const length = characterCount(textOfParts(parts))
  if (length > 100_000) return new MessageTooLong({ limit: 100_000, given: length })
  const bytes = byteCount(JSON.stringify(parts))
  if (bytes > 600_000) return new MessageTooLarge({ limit: 600_000, given: bytes })
  const empty = parts.every((part) => part.type === 'text' && typeof part.text === 'string' && part.text.trim() === '')
  return empty ? new MessageEmpty() : undefined
}
