import { Button } from '@mantine/core'
import { claimTask } from '#schema/tasks/commands.ts'
import { taskById$ } from '#schema/tasks/queries.ts'
import type { Task } from '#schema/tasks/state.ts'
import { execute } from '#web/livestore/execute.ts'
import { session, stampNow } from '#web/livestore/session.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { showRefusal } from '#web/ui/undo.tsx'
import classes from './message.module.css'
import listClasses from './message-list.module.css'
import { Parts } from './parts.tsx'
import { stopTask, useReply } from './use-reply.ts'

/** An answer while it comes, or what it waits for. */
export const AnswerComing = ({ task }: { readonly task: Task }) => {
  const store = usePersonaStore()
  const reply = useReply(task.taskId)
  const isHere = (task.claimedBy ?? task.queuedBy) === session.deviceId
  if (!isHere)
    return (
      <p className={listClasses.why}>
        Another device is answering.{' '}
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => showRefusal(execute(store, claimTask(store.query(taskById$(task.taskId)), stampNow())))}
        >
          Answer here
        </Button>
      </p>
    )
  if (task.status === 'waiting' && (reply === undefined || reply.parts.length === 0))
    return (
      <p className={listClasses.why} role="status">
        {task.detail} {task.retryAt !== null && `Tried again at ${clock.format(task.retryAt)}.`}{' '}
        <Button size="compact-xs" variant="default" onClick={() => stopTask(store, task.taskId)}>
          Stop
        </Button>
      </p>
    )
  return (
    <article className={classes.message} data-role="assistant" aria-busy="true" aria-label="Answer, still coming">
      {reply === undefined || reply.parts.length === 0 ? (
        <div className={listClasses.thinking} />
      ) : (
        <Parts parts={reply.parts} isGrowing />
      )}
    </article>
  )
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
