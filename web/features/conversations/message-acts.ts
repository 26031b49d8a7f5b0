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
import type { Stamp } from '#schema/shared/stamp.ts'
import { type Purpose, queueTask } from '#schema/tasks/commands.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
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
  const started = startConversation(
    personaId,
    conversationId,
    { title: titleFor(textOfParts(parts)), settings: { ...defaultSettings, model } },
    stamp,
  )
  if (started instanceof Error) return started
  const sent = sendMessage(
    { conversationId, personaId },
    { messageId, parentMessageId: null, role: 'user', parts },
    stamp,
  )
  if (sent instanceof Error) return sent
  const added = addAll({ conversationId, personaId }, files, stamp)
  if (added instanceof Error) return added
  const wanted = { questionId: messageId, purpose: 'reply', wantedModel: model } as const
  const queued = queueTask({ conversationId, personaId }, { taskId: newId(), ...wanted }, stamp)
  return execute(store, [started, ...added, sent, queued]) ?? conversationId
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
  const sent = sendMessage(conversation, { messageId, parentMessageId, role: 'user', parts }, stamp)
  if (sent instanceof Error) return sent
  // Its first message names a conversation nobody has named.
  const named =
    parentMessageId === null && conversation.title === defaultTitle
      ? renameConversation(conversation, titleFor(textOfParts(parts)), stamp)
      : []
  if (named instanceof Error) return named
  const added = addAll(conversation, files, stamp)
  if (added instanceof Error) return added
  const wanted = { questionId: messageId, purpose: 'reply', wantedModel: conversation.settings.model } as const
  const queued = queueTask(conversation, { taskId: newId(), ...wanted }, stamp)
  return execute(store, [...added, sent, ...(Array.isArray(named) ? [] : [named]), queued])
}

type MessageIds = Pick<MessageRow, 'messageId' | 'conversationId' | 'personaId'>

/** Asks for an answer that follows a message: the first, or one more beside the others. */
export const askFor = (store: PersonaStore, question: MessageIds, wantedModel: string, purpose: Purpose = 'reply') => {
  const stamp = stampNow()
  const queued = queueTask(question, { taskId: newId(), questionId: question.messageId, purpose, wantedModel }, stamp)
  showRefusal(execute(store, [chooseBranch(question, stamp), queued].flat() as (typeof queued)[]))
}

/** One more answer to what a message answers, by what its conversation wants now. */
export const answerAgain = (store: PersonaStore, { parentMessageId, conversationId }: MessageRow) => {
  const question = store.query(messageById$(parentMessageId ?? ''))
  if (question === null) showRefusal(new MessageNotFound())
  else askFor(store, question, store.query(conversationById$(conversationId))?.settings.model ?? '')
}

export const answerFromMemory = (store: PersonaStore, question: MessageIds) => askFor(store, question, builtInModel)

/** The files that go with a message become facts with it. */
const addAll = (
  place: { readonly conversationId: string; readonly personaId: string },
  files: readonly AttachmentDraft[],
  stamp: Stamp,
) => {
  const added = []
  for (const file of files) {
    const fact = addAttachment(place, file, stamp)
    if (fact instanceof Error) return fact
    added.push(fact)
  }
  return added
}

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
  for (const message of messages) showRefusal(execute(store, restoreMessage(message, batchId, stampNow())))
}

/** Opens the branch that ends in this message. */
export const openBranch = (
  store: PersonaStore,
  end: { readonly messageId: string; readonly conversationId: string; readonly personaId: string },
) => showRefusal(execute(store, chooseBranch(end, stampNow())))
