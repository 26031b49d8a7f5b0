import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { MessageRow } from '#schema/conversations/queries.ts'
import { claimTask } from '#schema/tasks/commands.ts'
import { taskById$, tasksOfQuestion$ } from '#schema/tasks/queries.ts'
import type { Task } from '#schema/tasks/state.ts'
import { execute } from '#web/livestore/execute.ts'
import { session, stampNow } from '#web/livestore/session.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { showRefusal } from '#web/ui/undo.tsx'
import { ComingParts } from './coming-parts.tsx'
import classes from './message.module.css'
import { answerFromMemory, askFor } from './message-acts.ts'
import listClasses from './message-list.module.css'
import { stopTask, useReply } from './use-reply.ts'

/** What becomes of the last message: its answer while it comes, why it does not, or the way to ask for one. */
export const AnswerUnderWay = ({ question }: { readonly question: MessageRow }) => {
  const store = usePersonaStore()
  const tasks = store.useQuery(tasksOfQuestion$(question.messageId))
  const underWay = tasks.filter(({ endedAt }) => endedAt === null)
  const late = useLate(3000)
  if (underWay.length > 0)
    return (
      <div className={classes.place}>
        <div className={listClasses.coming}>
          {underWay.map((task) => (
            <Coming key={task.taskId} task={task} />
          ))}
        </div>
      </div>
    )
  if (question.role !== 'user') return null
  const last = tasks.at(-1)
  if (last?.status === 'failed')
    return (
      <div className={listClasses.note} role="alert">
        <span className={listClasses.why}>{last.detail}</span>
        <AskAgain question={question} wantedModel={last.wantedModel} />
      </div>
    )
  // Another tab or device may be about to answer.
  if (!late && last === undefined) return null
  return (
    <div className={listClasses.note}>
      Not answered.
      <AskAgain question={question} wantedModel={last?.wantedModel ?? ''} />
    </div>
  )
}

const AskAgain = ({ question, wantedModel }: { readonly question: MessageRow; readonly wantedModel: string }) => {
  const store = usePersonaStore()
  return (
    <>
      <Button size="compact-xs" variant="default" onClick={() => askFor(store, question, wantedModel)}>
        Try again
      </Button>
      <Button size="compact-xs" variant="default" onClick={() => answerFromMemory(store, question)}>
        Answer from memory
      </Button>
    </>
  )
}

const Coming = ({ task }: { readonly task: Task }) => {
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
        <ComingParts parts={reply.parts} />
      )}
    </article>
  )
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })

const useLate = (ms: number) => {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return late
}
