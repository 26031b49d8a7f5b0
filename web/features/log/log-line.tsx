import {
  ArrowDown,
  Brain,
  ChevronRight,
  CircleHelp,
  CloudOff,
  Eraser,
  File,
  Lightbulb,
  type LucideIcon,
  MessageSquare,
  Sparkles,
  UserRound,
} from 'lucide-react'
import { memo } from 'react'
import { type LogSubject, subjectOfEvent } from '#schema/stores/log-subjects.ts'
import type { LogRow } from '#web/services/history/log-protocol.ts'
import { relativeTime } from '#web/ui/times.tsx'
import type { Clock } from './clock.ts'
import type { LogLine, RowLine } from './log-lines.ts'
import classes from './log-list.module.css'
import type { Signers } from './use-signers.ts'

interface LineProps {
  readonly row: LogRow | undefined
  readonly isActive: boolean
  readonly isOpen: boolean
  readonly confirmed: number
  /** In milliseconds since 1970. */
  readonly now: number
  readonly clock: Clock
  readonly signers: Signers
}

export const LogLineView = memo(function LogLineView({ line, ...props }: LineProps & { readonly line: LogLine }) {
  if (line.kind === 'row') return <Row line={line} {...props} />
  return line.kind === 'day' ? (
    <div className={classes.day} role="presentation">
      {props.clock.day(line.time)}
    </div>
  ) : (
    <div className={classes.seen} role="presentation">
      <ArrowDown size={12} aria-hidden /> You had looked at these
    </div>
  )
})

const Row = ({ line, row, ...props }: LineProps & { readonly line: RowLine }) => (
  <div
    id={lineId(line.key)}
    role="treeitem"
    aria-label={row === undefined ? `Event ${line.number}` : undefined}
    // Browsers that know no keys of a tree still tell where one is.
    aria-level={line.isInside ? 2 : 1}
    aria-expanded={line.isOpen}
    aria-selected={props.isOpen}
    tabIndex={-1}
    data-line={line.key}
    data-number={line.number}
    data-active={props.isActive || undefined}
    data-open={props.isOpen || undefined}
    data-inside={line.isInside || undefined}
    className={classes.row}
  >
    {row === undefined ? <span className={classes.placeholder} /> : <RowContent line={line} row={row} {...props} />}
  </div>
)

const RowContent = ({
  line,
  row,
  now,
  confirmed,
  clock,
  signers,
}: LineProps & { readonly line: RowLine; readonly row: LogRow }) => {
  const subject = subjectOfEvent(row.name)
  const Icon = icons[subject]
  const isGone = row.name === 'v1.Erased' || subject === 'Of another version'
  return (
    <>
      <span className={classes.number}>{row.number}</span>
      <span className={classes.icon}>
        {line.act === undefined ? (
          <Icon size={14} aria-hidden />
        ) : (
          <ChevronRight size={14} aria-hidden data-turned={line.isOpen || undefined} />
        )}
      </span>
      <span className={classes.sentence} data-gone={isGone || undefined}>
        {row.sentence}
        {row.count > 1 && <span className={classes.count}> {row.count.toLocaleString()} events</span>}
      </span>
      <span className={classes.who}>
        {signers.person(row.actorId)}, {signers.device(row.deviceId)}
      </span>
      <span className={classes.place}>
        {row.number > confirmed && (
          <span data-tip="Saved on this device; the server does not have it yet">
            <CloudOff size={14} role="img" aria-label="Not on the server yet" />
          </span>
        )}
      </span>
      <time className={classes.time} data-tip={clock.exact(row.at)}>
        {clock.isUtc || !Number.isFinite(row.at) ? clock.time(row.at) : relativeTime(new Date(row.at), now)}
      </time>
    </>
  )
}

export const lineId = (key: string) => `log-${key.replaceAll(' ', '-')}`

const icons: Readonly<Record<LogSubject, LucideIcon>> = {
  Persona: UserRound,
  Memories: Brain,
  'Things to remember': Lightbulb,
  Conversations: MessageSquare,
  Answers: Sparkles,
  Files: File,
  Erasing: Eraser,
  'Of another version': CircleHelp,
}
