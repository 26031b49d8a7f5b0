import { type AttachmentDraft, addAttachment } from '#schema/attachments/commands.ts'
import { renameConversation, startConversation } from '#schema/conversations/commands.ts'
import { defaultSettings, defaultTitle, titleFor } from '#schema/conversations/defaults.ts'
import {
  chooseBranch,
  deleteMessage,
  editMessage,
  reopenMessageConflict,
  restoreMessage,
  sendMessage,
  settleMessageConflict,
} from '#schema/conversations/message-commands.ts'
import { type MessagePart, textOfParts } from '#schema/conversations/parts.ts'
import {
  conversationById$,
  type MessageRow,
  messageBody$,
  messageById$,
  messageConflict$,
} from '#schema/conversations/queries.ts'
import { MessageNotFound } from '#schema/conversations/refusals.ts'
import type { Conversation, MessageConflict } from '#schema/conversations/state.ts'
import { type Purpose, queueTask } from '#schema/tasks/commands.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import { together } from '#web/livestore/decision.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { showRefusal, showUndo } from '#web/ui/undo.tsx'

/** Starts a conversation with its first message, in one batch. Returns its id, or why not. */
export const startWith = (
  store: PersonaStore,
  personaId: string,
  parts: readonly MessagePart[],
  model: string,
  files: readonly AttachmentDraft[],
): string | Error => {
  const stamp = stampNow()
  const [conversationId, messageId] = [newId(), newId()]
  const place = { conversationId, personaId }
  const named = { title: titleFor(textOfParts(parts)), settings: { ...defaultSettings, model } }
  const wanted = { questionId: messageId, purpose: 'reply', wantedModel: model } as const
  const said = together([
    startConversation(personaId, conversationId, named, stamp),
    ...files.map((file) => addAttachment(place, file, stamp)),
    sendMessage(place, { messageId, parentMessageId: null, role: 'user', parts }, stamp),
    queueTask(place, { taskId: newId(), ...wanted }, stamp),
  ])
  return execute(store, said) ?? conversationId
}

/** Says something after `parentMessageId`. If that has been answered already, this begins a branch. */
export const say = (
  store: PersonaStore,
  conversation: Conversation,
  parentMessageId: string | null,
  parts: readonly MessagePart[],
  files: readonly AttachmentDraft[] = [],
): Error | undefined => {
  const stamp = stampNow()
  const messageId = newId()
  const wanted = { questionId: messageId, purpose: 'reply', wantedModel: conversation.settings.model } as const
  const said = together([
    ...files.map((file) => addAttachment(conversation, file, stamp)),
    sendMessage(conversation, { messageId, parentMessageId, role: 'user', parts }, stamp),
    // Its first message names a conversation nobody has named.
    parentMessageId === null && conversation.title === defaultTitle
      ? renameConversation(conversation, titleFor(textOfParts(parts)), stamp)
      : [],
    queueTask(conversation, { taskId: newId(), ...wanted }, stamp),
  ])
  return execute(store, said)
}

type MessageIds = Pick<MessageRow, 'messageId' | 'conversationId' | 'personaId'>

/** Asks for an answer that follows a message: the first, or one more beside the others. */
export const askFor = (store: PersonaStore, question: MessageIds, wantedModel: string, purpose: Purpose = 'reply') => {
  const stamp = stampNow()
  const queued = queueTask(question, { taskId: newId(), questionId: question.messageId, purpose, wantedModel }, stamp)
  showRefusal(execute(store, together([chooseBranch(question, stamp), queued])))
}

/** One more answer to what a message answers, by what its conversation wants now. */
export const answerAgain = (store: PersonaStore, { parentMessageId, conversationId }: MessageRow) => {
  const question = store.query(messageById$(parentMessageId ?? ''))
  if (question === null) showRefusal(new MessageNotFound())
  else askFor(store, question, store.query(conversationById$(conversationId))?.settings.model ?? '')
}

export const answerFromMemory = (store: PersonaStore, question: MessageIds) => askFor(store, question, builtInModel)

/** `message` is as it was shown when its editing began. */
export const edit = (store: PersonaStore, message: MessageRow, parts: readonly MessagePart[]): Error | undefined => {
  const refusal = execute(store, editMessage(message, parts, newId(), stampNow()))
  if (refusal === undefined) {
    showUndo('The message is changed.', () => {
      showRefusal(execute(store, editMessage({ ...message, parts }, message.parts, newId(), stampNow())))
    })
  }
  return refusal
}

/** `parts` stand from now on: those of either text, or what was made of both. */
export const settle = (
  store: PersonaStore,
  { conflictId, messageId }: MessageConflict,
  parts: readonly MessagePart[],
) => {
  const before = seenMessage(store, messageId)
  const conflict = store.query(messageConflict$(conflictId))
  const refusal = execute(store, settleMessageConflict(conflict, before, parts, newId(), stampNow()))
  if (refusal !== undefined || before === null) return refusal
  showUndo('One version again', () => {
    const message = seenMessage(store, messageId)
    showRefusal(execute(store, reopenMessageConflict(conflictId, before, message, newId(), stampNow())))
  })
  return undefined
}

const seenMessage = (store: PersonaStore, messageId: string) => {
  const message = store.query(messageById$(messageId))
  const body = store.query(messageBody$(messageId))
  return message === null || body === null ? null : { ...message, parts: body.parts }
}

export const remove = (store: PersonaStore, message: MessageRow) => {
  if (showRefusal(execute(store, deleteMessage(message, newId(), stampNow())))) return
  showUndo('The message is deleted.', () => restore(store, [message]))
}

export const restore = (store: PersonaStore, messages: readonly MessageRow[]) => {
  const batchId = newId()
  showRefusal(execute(store, together(messages.map((message) => restoreMessage(message, batchId, stampNow())))))
}

/** Opens the branch that ends in this message. */
export const openBranch = (
  store: PersonaStore,
  end: { readonly messageId: string; readonly conversationId: string; readonly personaId: string },
) => showRefusal(execute(store, chooseBranch(end, stampNow())))
