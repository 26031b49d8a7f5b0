import type { TaskStatus } from '#schema/tasks/kernel.ts'

export const statusWords: Readonly<Record<TaskStatus, string>> = {
  queued: 'Asked for',
  running: 'Answering',
  waiting: 'Waiting',
  succeeded: 'Answered',
  failed: 'Failed',
  cancelled: 'Stopped',
}
