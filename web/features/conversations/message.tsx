import { Text, Tooltip } from '@mantine/core'
import { CircleAlert } from 'lucide-react'
import { memo, Suspense, useEffect, useState } from 'react'
import type { Answer } from '#schema/conversations/events.ts'
import { type MessagePart, textOfParts } from '#schema/conversations/parts.ts'
import type { MessageRow } from '#schema/conversations/queries.ts'
import { builtInNotice } from '#schema/stores/built-in-answer.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { afterPaint } from '#web/ui/after-paint.ts'
import { lazyExtra } from '#web/ui/lazy-part.ts'
import { exactTime } from '#web/ui/times.tsx'
import classes from './message.module.css'
import { MessageActions } from './message-actions.tsx'
import { MessageConflicts } from './message-conflicts.tsx'
import { MessageEditor } from './message-editor.tsx'
import listClasses from './message-list.module.css'
import { MessageStatusMark } from './message-status-mark.tsx'
import { Parts } from './parts.tsx'
import { Sources } from './sources.tsx'
import { useReply } from './use-reply.ts'

const loadAnswerFoot = () => import('./answer-foot.tsx').then((m) => m.AnswerFoot)
const AnswerFoot = lazyExtra(loadAnswerFoot)
const NextSteps = lazyExtra(() => import('./next-steps.tsx').then((m) => m.NextSteps))

interface MessageProps {
  /** Undefined as long as it is an answer that still comes. */
  readonly row: MessageRow | undefined
  /** What brings the answer that comes. */
  readonly taskId: string | undefined
  readonly newDay: boolean
  /** A link led here. */
  readonly highlighted: boolean
  readonly isEnd: boolean
}

/** A message, or the answer that becomes one: what is on screen of it then stays. */
export const Message = memo(
  ({ row, taskId, newDay, highlighted, isEnd }: MessageProps) => {
    const [editing, setEditing] = useState(false)
    return (
      <div className={classes.place}>
        {newDay && row !== undefined && <DayLine at={row.sentAt} />}
        <article
          className={classes.message}
          data-role={row?.role ?? 'assistant'}
          data-highlighted={highlighted || undefined}
          data-message={row?.messageId}
          data-conflict={(row !== undefined && row.conflictCount > 0) || undefined}
          aria-busy={row === undefined || undefined}
          aria-label={row === undefined ? 'Answer, still coming' : labelOf(row)}
        >
          {editing && row !== undefined ? (
            <MessageEditor row={row} onClose={() => setEditing(false)} />
          ) : (
            <div className={classes.body}>
              {row !== undefined && row.conflictCount > 0 ? (
                <MessageConflicts row={row} />
              ) : (
                <Words parts={row?.parts} taskId={taskId} />
              )}
              {row?.answer && <AfterWords row={row} answer={row.answer} isEnd={isEnd} />}
            </div>
          )}
          {row !== undefined && <Foot row={row} isEnd={isEnd} onEdit={() => setEditing(true)} />}
        </article>
      </div>
    )
  },
  // The store gives new objects at every change; what a message shows is in these.
  (before, after) =>
    before.taskId === after.taskId &&
    before.newDay === after.newDay &&
    before.highlighted === after.highlighted &&
    before.isEnd === after.isEnd &&
    versionOf(before.row) === versionOf(after.row),
)

interface WordsProps {
  readonly parts: readonly MessagePart[] | undefined
  readonly taskId: string | undefined
}

const Words = ({ parts, taskId }: WordsProps) => {
  const coming = useReply(taskId)?.parts
  // It is needed in the frame in which the answer is whole.
  useEffect(() => (taskId === undefined ? undefined : afterPaint(() => void loadAnswerFoot())), [taskId])
  if (parts !== undefined) return <Parts parts={parts} />
  return coming === undefined || coming.length === 0 ? (
    <div className={listClasses.thinking} />
  ) : (
    <Parts parts={coming} isGrowing />
  )
}

interface AfterWordsProps {
  readonly row: MessageRow
  readonly answer: Answer
  readonly isEnd: boolean
}

/** Why it is not whole, what it goes by, what can be done. */
const AfterWords = ({ row, answer, isEnd }: AfterWordsProps) => {
  const mayWrite = useMayWrite()
  return (
    <>
      {answer.error !== undefined && <AnswerError {...answer.error} />}
      <Sources answer={answer} />
      {answer.error !== undefined && isEnd && mayWrite && (
        <Suspense fallback={<div className={classes.stepsToCome} />}>
          <NextSteps row={row} answer={answer} />
        </Suspense>
      )}
    </>
  )
}

interface FootProps {
  readonly row: MessageRow
  readonly isEnd: boolean
  readonly onEdit: () => void
}

const Foot = ({ row, isEnd, onEdit }: FootProps) => (
  <div className={classes.foot}>
    <time className={classes.time} dateTime={row.sentAt.toISOString()} data-tip={exactTime(row.sentAt)}>
      {clock.format(row.sentAt)}
    </time>
    {row.answer?.model === builtInModel && recalledAny(row.answer) && (
      <Tooltip label={builtInNotice} openDelay={300} multiline maw={260}>
        <Text span size="xs" c="dimmed">
          quoted from memory
        </Text>
      </Tooltip>
    )}
    {row.answer !== null && (
      <Suspense fallback={null}>
        <AnswerFoot row={row} answer={row.answer} />
      </Suspense>
    )}
    {isEnd && row.role === 'user' && <MessageStatusMark row={row} />}
    <MessageActions row={row} onEdit={onEdit} />
  </div>
)

const versionOf = (row: MessageRow | undefined): string | undefined =>
  row &&
  [
    row.conflictCount,
    row.messageId,
    row.editedAt?.getTime(),
    row.deletedAt?.getTime(),
    row.siblingCount,
    row.parentMessageId,
    row.preview,
    row.parts.length,
  ].join('|')

const labelOf = ({ role, parts }: MessageRow): string => {
  const who = { user: 'You', assistant: 'Answer', system: 'System' }[role]
  return `${who}: ${textOfParts(parts).slice(0, 60)}`
}

const recalledAny = ({ recalledMemoryIds, recalledMessageIds }: Answer): boolean =>
  recalledMemoryIds.length + recalledMessageIds.length > 0

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' })
const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'full' })

const DayLine = ({ at }: { readonly at: Date }) => (
  <div className={classes.day}>
    <span>{days.format(at)}</span>
  </div>
)

const AnswerError = ({ code, message }: { readonly code: string; readonly message: string }) => (
  <p className={classes.error} data-stopped={calm.has(code) || undefined}>
    <CircleAlert size={14} aria-hidden />
    {calm.has(code) ? message : `This answer failed: ${message}`}
  </p>
)

/** What ended it is nobody's failure. */
const calm: ReadonlySet<string> = new Set(['stopped', 'length', 'interrupted', 'filtered'])
