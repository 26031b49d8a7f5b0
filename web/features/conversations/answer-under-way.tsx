import { Button } from '@mantine/core'
import { Suspense, useEffect, useState } from 'react'
import type { MessageRow } from '#schema/conversations/queries.ts'
import { tasksOfQuestion$ } from '#schema/tasks/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { lazyAsked } from '#web/ui/lazy-part.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { AnswerComing } from './answer-coming.tsx'
import { FailureWords } from './failure-words.tsx'
import classes from './message.module.css'
import { answerFromMemory, askFor } from './message-acts.ts'
import listClasses from './message-list.module.css'

const ConsentAsked = lazyAsked(() => import('./consent-asked.tsx').then((m) => m.ConsentAsked))

interface AnswerUnderWayProps {
  readonly question: MessageRow
  /** The answer has its place in the list already. */
  readonly isInList: boolean
}

/** What becomes of the last message: its answers while they come, why they do not, or the way to ask for one. */
export const AnswerUnderWay = ({ question, isInList }: AnswerUnderWayProps) => {
  const store = usePersonaStore()
  const tasks = store.useQuery(tasksOfQuestion$(question.messageId))
  const underWay = tasks.filter(({ endedAt }) => endedAt === null)
  const late = useLate(3000)
  const mayWrite = useMayWrite()
  if (isInList) return null
  if (underWay.length > 0)
    return (
      <div className={classes.place}>
        <div className={listClasses.coming}>
          {underWay.map((task) => (
            <AnswerComing key={task.taskId} task={task} />
          ))}
        </div>
      </div>
    )
  if (question.role !== 'user') return null
  const last = tasks.at(-1)
  if (mayWrite && last?.status === 'failed' && last.code === 'consent')
    return (
      <div className={classes.place} role="alert">
        <Suspense fallback={null}>
          <ConsentAsked
            onAgreed={() => askFor(store, question, last.wantedModel)}
            onDeclined={() => answerFromMemory(store, question)}
          />
        </Suspense>
      </div>
    )
  if (last?.status === 'failed')
    return (
      <div className={listClasses.note} role="alert">
        <span className={listClasses.why}>
          <FailureWords detail={last.detail ?? ''} />
          {last.retryAt !== null && (
            <>
              {' '}
              It may be tried again <RelativeTime at={last.retryAt} />.
            </>
          )}
        </span>
        {mayWrite && <AskAgain question={question} wantedModel={last.wantedModel} />}
      </div>
    )
  // Another tab or device may be about to answer.
  if (!late && last === undefined) return null
  return (
    <div className={listClasses.note}>
      Not answered.
      {mayWrite && <AskAgain question={question} wantedModel={last?.wantedModel ?? ''} />}
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

const useLate = (ms: number) => {
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return late
}
