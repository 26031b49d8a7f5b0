import { useSyncExternalStore } from 'react'
import type { MessageRow } from '#schema/conversations/queries.ts'
import { cancelTask } from '#schema/tasks/commands.ts'
import { taskById$, tasksOfQuestion$ } from '#schema/tasks/queries.ts'
import type { Task } from '#schema/tasks/state.ts'
import { execute } from '#web/livestore/execute.ts'
import { session, stampNow } from '#web/livestore/session.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { replies } from '#web/services/tasks/replies.ts'

/** The answer of a task as far as it is there; undefined when none is being made on this page. */
export const useReply = (taskId: string | undefined) =>
  useSyncExternalStore(replies.subscribe, () => (taskId === undefined ? undefined : replies.of(taskId)))

/** The answer that comes in the list itself: the only one to its question, made on this page. */
export const useAnswerInList = (question: MessageRow | undefined): Task | undefined => {
  const tasks = usePersonaStore().useQuery(tasksOfQuestion$(question?.messageId ?? ''))
  const underWay = tasks.filter(({ endedAt }) => endedAt === null)
  const [task] = underWay
  const hasWords = useSyncExternalStore(
    replies.subscribe,
    () => (replies.of(task?.taskId ?? '')?.parts.length ?? 0) > 0,
  )
  if (task === undefined || underWay.length > 1 || question?.deletedAt !== null) return undefined
  const isHere = (task.claimedBy ?? task.queuedBy) === session.deviceId
  return isHere && (task.status !== 'waiting' || hasWords) ? task : undefined
}

/** What is being done for an answer to a message: nothing, when it is undefined. */
export const useTaskUnderWay = (questionId: string | undefined): Task | undefined =>
  usePersonaStore()
    .useQuery(tasksOfQuestion$(questionId ?? ''))
    .find(({ endedAt }) => endedAt === null)

/** What is on screen by now is kept as the answer; one that is made elsewhere is told by a fact. */
export const stopTask = (store: PersonaStore, taskId: string) => {
  if (!replies.stop(taskId)) execute(store, cancelTask(store.query(taskById$(taskId)), stampNow()))
}
