import type { DropReason } from '#schema/stores/found-memories.ts'
import type { Looked } from '#schema/tasks/events.ts'
import type { TaskStatus } from '#schema/tasks/kernel.ts'
import type { Task } from '#schema/tasks/state.ts'

/** What became of a task, or is becoming of it. */
export const statusOf = ({ purpose, status }: Pick<Task, 'purpose' | 'status'>): string =>
  (purpose === 'proposals' ? ofLooks : ofAnswers)[status]

/** Why, or what it came to; undefined when there is nothing to say. */
export const detailOf = ({ detail, looked }: Pick<Task, 'detail' | 'looked'>): string | undefined =>
  detail ?? (looked === null ? undefined : lookedSentence(looked))

const ofAnswers: Readonly<Record<TaskStatus, string>> = {
  queued: 'Asked for',
  running: 'Answering',
  waiting: 'Waiting',
  succeeded: 'Answered',
  failed: 'Failed',
  cancelled: 'Stopped',
}

const ofLooks: Readonly<Record<TaskStatus, string>> = {
  queued: 'To look for memories',
  running: 'Looking for memories',
  waiting: 'Waiting to look for memories',
  succeeded: 'Looked for memories',
  failed: 'Looking for memories failed',
  cancelled: 'Looking for memories was stopped',
}

/** `2 proposed. Left out: 1 known already, 1 too long.` */
const lookedSentence = ({ proposed, dropped }: Looked): string => {
  const found = proposed === 0 ? 'Nothing proposed.' : `${proposed} proposed.`
  if (dropped.length === 0) return found
  return `${found} Left out: ${dropped.map(({ reason, count }) => `${count} ${wordsOf(reason)}`).join(', ')}.`
}

const wordsOf = (reason: string): string => (Object.hasOwn(reasons, reason) ? reasons[reason as DropReason] : reason) // it is one

const reasons: Readonly<Record<DropReason, string>> = {
  malformed: 'that cannot be read',
  tooLong: 'too long',
  unknownMessage: 'from no message of this chat',
  notSaid: 'that you did not say',
  known: 'known already',
  tooMany: 'beyond the first ten',
}
