import type { Answer } from '#schema/conversations/events.ts'
import { chooseBranch, sendMessage } from '#schema/conversations/message-commands.ts'
import type { MessagePart } from '#schema/conversations/parts.ts'
import { endOfOpenBranch$, isAnswerable$ } from '#schema/conversations/queries.ts'
import { noteStep } from '#schema/tasks/commands.ts'
import { hasEnded } from '#schema/tasks/kernel.ts'
import { taskById$ } from '#schema/tasks/queries.ts'
import type { Task } from '#schema/tasks/state.ts'
import type { EngineOptions, PersonaReads } from './engine-options.ts'
import { withinLimits } from './pieces.ts'

/** What came of a hop that is the last one: an answer, whole or not. */
export interface Outcome {
  readonly parts: readonly MessagePart[]
  readonly answer: Omit<Answer, 'error'>
  readonly cost?: number | undefined
  /** Why it is not whole; `stopped` is the person's doing. */
  readonly broken?: { readonly code: string; readonly detail: string } | undefined
  /** Whether it is an answer all the same: one that only became too long. */
  readonly isAnswer: boolean
}

export const stopped = { code: 'stopped', detail: 'You stopped this answer.' }

/** The page was closed while it came. */
export const interrupted = (parts: readonly MessagePart[], model: string | null): Outcome => ({
  parts,
  answer: { model: model ?? '', recalledMemoryIds: [], recalledMessageIds: [] },
  broken: { code: 'interrupted', detail: 'This answer was interrupted: the app was closed while it came.' },
  isAnswer: false,
})

/** The message and the end of the task, in one batch. What was asked stays unanswered where nothing had arrived. */
export const conclude = (store: PersonaReads, task: Task, outcome: Outcome, options: EngineOptions) => {
  const stamp = options.stampNow()
  const { answer, cost, isAnswer } = outcome
  const now = store.query(taskById$(task.taskId))
  options.saved.drop(task)
  // Another device has it now, or has answered: a piece of this answer would stand in the way of the whole one.
  if (now === null || now.status === 'succeeded' || (!isAnswer && now.claimedBy !== options.deviceId)) return
  const { parts, cut } = withinLimits(outcome.parts)
  const broken = outcome.broken ?? (cut ? tooLongToKeep : undefined)
  const isWanted = store.query(isAnswerable$(task.questionId))
  const error =
    broken === undefined ? {} : { error: { code: broken.code, message: broken.detail, timestamp: stamp.at } }
  const message =
    parts.length === 0 || !isWanted
      ? undefined
      : sendMessage(
          task,
          {
            messageId: task.messageId,
            parentMessageId: task.questionId,
            role: 'assistant',
            parts,
            answer: { ...answer, ...error },
          },
          stamp,
        )
  if (message instanceof Error) throw message
  const { promptTokens, completionTokens, processingTime = 0 } = answer
  const usage = { promptTokens, completionTokens, cost }
  const kept = message === undefined ? {} : { messageId: task.messageId }
  const end =
    broken?.code === 'stopped' || !isWanted
      ? noteStep(task, { kind: 'cancelled', ...kept, ...usage }, stamp)
      : isAnswer
        ? noteStep(task, { kind: 'succeeded', messageId: task.messageId, ...usage, processingTime }, stamp)
        : noteStep(
            task,
            { kind: 'failed', code: broken?.code ?? 'empty', detail: broken?.detail ?? '', ...kept, ...usage },
            stamp,
          )
  const refusal = options.write(store, [
    ...(message === undefined ? [] : [message, ...stayWhere(store, task, stamp)]),
    ...(hasEnded(now) ? [] : [end]),
  ])
  if (refusal !== undefined) throw refusal
}

const tooLongToKeep = { code: 'length', detail: 'This answer was longer than a message can be. Its end is missing.' }

/** Who has gone on to another branch meanwhile stays there. */
const stayWhere = (store: PersonaReads, task: Task, stamp: ReturnType<EngineOptions['stampNow']>) => {
  const endId = store.query(endOfOpenBranch$(task.conversationId))
  if (endId === null || endId === task.questionId) return []
  const chosen = chooseBranch({ ...task, messageId: endId }, stamp)
  return chosen instanceof Error ? [] : [chosen]
}
