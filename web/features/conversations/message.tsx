import { Text, Tooltip } from '@mantine/core'
import { CircleAlert } from 'lucide-react'
import { lazy, memo, Suspense, useState } from 'react'
import type { Answer } from '#schema/conversations/events.ts'
import { textOfParts } from '#schema/conversations/parts.ts'
import type { MessageRow } from '#schema/conversations/queries.ts'
import { builtInNotice } from '#schema/stores/built-in-answer.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { exactTime } from '#web/ui/times.tsx'
import classes from './message.module.css'
import { MessageActions } from './message-actions.tsx'
import { MessageConflicts } from './message-conflicts.tsx'
import { MessageEditor } from './message-editor.tsx'
import { MessageStatusMark } from './message-status-mark.tsx'
import { Parts } from './parts.tsx'
import { Sources } from './sources.tsx'

const AnswerFoot = lazy(() => import('./answer-foot.tsx').then((m) => ({ default: m.AnswerFoot })))
const NextSteps = lazy(() => import('./next-steps.tsx').then((m) => ({ default: m.NextSteps })))

interface MessageProps {
  readonly row: MessageRow
  readonly newDay: boolean
  /** A link led here. */
  readonly highlighted: boolean
  readonly isEnd: boolean
}

export const Message = memo(
  ({ row, newDay, highlighted, isEnd }: MessageProps) => {
    const [editing, setEditing] = useState(false)
    const mayWrite = useMayWrite()
    return (
      <div className={classes.place}>
        {newDay && <DayLine at={row.sentAt} />}
        <article
          className={classes.message}
          data-role={row.role}
          data-highlighted={highlighted || undefined}
          data-message={row.messageId}
          data-conflict={row.conflictCount > 0 || undefined}
          aria-label={labelOf(row)}
        >
          {editing ? (
            <MessageEditor row={row} onClose={() => setEditing(false)} />
          ) : (
            <div className={classes.body}>
              {row.conflictCount > 0 ? <MessageConflicts row={row} /> : <Parts parts={row.parts} />}
              {row.answer?.error !== undefined && <AnswerError {...row.answer.error} />}
              {row.answer !== null && <Sources answer={row.answer} />}
              {row.answer?.error !== undefined && isEnd && mayWrite && (
                <Suspense fallback={<div className={classes.stepsToCome} />}>
                  <NextSteps row={row} answer={row.answer} />
                </Suspense>
              )}
            </div>
          )}
          <div className={classes.foot}>
            <Tooltip label={exactTime(row.sentAt)} openDelay={300}>
              <time className={classes.time} dateTime={row.sentAt.toISOString()}>
                {clock.format(row.sentAt)}
              </time>
            </Tooltip>
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
            <MessageActions row={row} onEdit={() => setEditing(true)} />
          </div>
        </article>
      </div>
    )
  },
  // The store gives new objects at every change; what a message shows is in these.
  (before, after) =>
    before.newDay === after.newDay &&
    before.highlighted === after.highlighted &&
    before.isEnd === after.isEnd &&
    versionOf(before.row) === versionOf(after.row),
)

const versionOf = ({
  messageId,
  editedAt,
  deletedAt,
  siblingCount,
  parentMessageId,
  preview,
  parts,
  conflictCount,
}: MessageRow): string =>
  [
    conflictCount,
    messageId,
    editedAt?.getTime(),
    deletedAt?.getTime(),
    siblingCount,
    parentMessageId,
    preview,
    parts.length,
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
