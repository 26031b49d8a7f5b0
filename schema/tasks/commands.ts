import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { type ModelChoice, type StepFact, taskEvents } from './events.ts'
import { hasEnded } from './kernel.ts'
import { TaskHasEnded, TaskNotFound, TooManyModels } from './refusals.ts'
import type { Task } from './state.ts'

/**
 * `reply` answers what a person said; `continue` goes on from an answer that was cut short; `proposals` looks through what was
 * said for memories, and answers nothing.
 */
export type Purpose = 'reply' | 'continue' | 'proposals'

export interface TaskDraft {
  readonly taskId: string
  /** The message that the answer is to follow, or the last of those that are looked through. */
  readonly questionId: string
  readonly purpose: Purpose
  readonly wantedModel: string
}

/** Asks for an answer. The device that asks works on it. */
export const queueTask = (
  { conversationId, personaId }: { readonly conversationId: string; readonly personaId: string },
  { taskId, ...draft }: TaskDraft,
  stamp: Stamp,
) => taskEvents.taskQueued({ taskId, personaId, conversationId, ...draft, queuedAt: stamp.at, ...signature(stamp) })

type Ids = Pick<Task, 'taskId' | 'personaId' | 'conversationId'>

/** What was done for a task, said by who did it. */
export const noteStep = (task: Ids, said: StepFact, stamp: Stamp) => {
  const { taskId, personaId, conversationId } = task
  const by = { taskId, personaId, conversationId, ...signature(stamp) }
  switch (said.kind) {
    case 'classified':
      return taskEvents.taskClassified({ ...bare(said), ...by, classifiedAt: stamp.at })
    case 'claimed':
      return taskEvents.taskClaimed({ ...by, claimedAt: stamp.at })
    case 'routed':
      return taskEvents.taskRouted({ ...bare(said), ...by, routedAt: stamp.at })
    case 'prompted':
      return taskEvents.taskPrompted({ ...bare(said), ...by, promptedAt: stamp.at })
    case 'started':
      return taskEvents.taskStarted({ ...bare(said), ...by, startedAt: stamp.at })
    case 'hopFailed':
      return taskEvents.taskHopFailed({ ...bare(said), ...by, failedAt: stamp.at })
    case 'succeeded':
      return taskEvents.taskSucceeded({ ...bare(said), ...by, succeededAt: stamp.at })
    case 'failed':
      return taskEvents.taskFailed({ ...bare(said), ...by, failedAt: stamp.at })
    case 'cancelled':
      return taskEvents.taskCancelled({ ...bare(said), ...by, cancelledAt: stamp.at })
  }
}

const bare = <F extends StepFact>({ kind: _kind, ...said }: F): Omit<F, 'kind'> => said

/** Takes a task over from the device that has it. */
export const claimTask = (task: Task | null, stamp: Stamp) =>
  ended(task) ?? noteStep(task as Task, { kind: 'claimed' }, stamp) // null is refused before

export const cancelTask = (task: Task | null, stamp: Stamp) =>
  ended(task) ?? noteStep(task as Task, { kind: 'cancelled' }, stamp) // null is refused before

const ended = (task: Task | null) => {
  if (task === null) return new TaskNotFound()
  return hasEnded(task) ? new TaskHasEnded() : undefined
}

/** In which order questions go to models. */
export const preferModels = (
  personaId: string,
  order: readonly ModelChoice[],
  byIntent: Readonly<Record<string, ModelChoice>>,
  stamp: Stamp,
) =>
  order.length > 50
    ? new TooManyModels({ limit: 50 })
    : taskEvents.modelsPreferred({ personaId, order, byIntent, preferredAt: stamp.at, ...signature(stamp) })
