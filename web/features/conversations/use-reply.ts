import { useSyncExternalStore } from 'react'
import { cancelTask } from '#schema/tasks/commands.ts'
import { taskById$, tasksOfQuestion$ } from '#schema/tasks/queries.ts'
import type { Task } from '#schema/tasks/state.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { replies } from '#web/services/tasks/replies.ts'

/** The answer of a task as far as it is there; undefined when it is not being made on this page. */
export const useReply = (taskId: string) => useSyncExternalStore(replies.subscribe, () => replies.of(taskId))

/** What is being done for an answer to a message: nothing, when it is undefined. */
export const useTaskUnderWay = (questionId: string | undefined): Task | undefined =>
  usePersonaStore()
    .useQuery(tasksOfQuestion$(questionId ?? ''))
    .find(({ endedAt }) => endedAt === null)

/** What is on screen by now is kept as the answer; one that is made elsewhere is told by a fact. */
export const stopTask = (store: PersonaStore, taskId: string) => {
  if (!replies.stop(taskId)) execute(store, cancelTask(store.query(taskById$(taskId)), stampNow()))
}
