import { Check } from 'lucide-react'
import { memo } from 'react'
import type { ListedMemory } from '#schema/memories/list-queries.ts'
import { AlsoAtMark } from '#web/ui/also-at-mark.tsx'
import { exactTime, relativeTime } from '#web/ui/times.tsx'
import { ImportanceBar } from './importance-bar.tsx'
import classes from './memory-list.module.css'
import { TierMark } from './tier-mark.tsx'

export const rowId = (memoryId: string): string => `memory-row-${memoryId}`

interface MemoryRowProps {
  readonly memoryId: string
  /** Undefined: not read yet. */
  readonly row: ListedMemory | undefined
  readonly shownTime: 'occurredAt' | 'addedAt'
  /** Milliseconds. */
  readonly now: number
  readonly place: number
  readonly count: number
  readonly isSelectable: boolean
  readonly isSelected: boolean
  readonly isActive: boolean
  readonly isOpen: boolean
  /** Who else has it open. */
  readonly others: string | undefined
}

/** Plain elements: fifty of these are made while one frame scrolls by. */
export const MemoryRow = ({ memoryId, row, shownTime, now, ...props }: MemoryRowProps) => (
  <div
    role="option"
    tabIndex={-1}
    id={rowId(memoryId)}
    data-memory={memoryId}
    className={classes.row}
    aria-selected={props.isSelected}
    aria-setsize={props.count}
    aria-posinset={props.place + 1}
    data-active={props.isActive || undefined}
    data-open={props.isOpen || undefined}
  >
    {props.isSelectable && (
      <span className={classes.check} data-check>
        {props.isSelected && <Check size={12} strokeWidth={3} aria-hidden />}
      </span>
    )}
    {props.others !== undefined && (
      <span className={classes.others}>
        <AlsoAtMark who={props.others} />
      </span>
    )}
    {row === undefined ? (
      <span className={classes.placeholder} />
    ) : (
      <RowContent row={row} shownTime={shownTime} now={now} />
    )}
  </div>
)

interface RowContentProps {
  readonly row: ListedMemory
  readonly shownTime: 'occurredAt' | 'addedAt'
  readonly now: number
}

/** A query makes every row anew: what counts is what it says. */
const isSame = (one: RowContentProps, other: RowContentProps) =>
  one.now === other.now && one.shownTime === other.shownTime && JSON.stringify(one.row) === JSON.stringify(other.row)

/** Apart from its place: a memory added on top moves every row, and changes what stands in none. */
const RowContent = memo(function RowContent({ row, shownTime, now }: RowContentProps) {
  const at = row[shownTime]
  return (
    <>
      <TierMark tier={row.tier} isPinned={row.isPinned} />
      <ImportanceBar importance={row.importance} />
      <span className={classes.preview}>
        {row.validUntil !== null && row.validUntil.getTime() <= now && (
          <span className={classes.more}>No longer true: </span>
        )}
        {row.preview}
      </span>
      <span className={classes.tags}>
        {row.tags.slice(0, 3).map((tag) => (
          <span key={tag} className={classes.tag}>
            {tag}
          </span>
        ))}
        {row.tags.length > 3 && <span className={classes.more}>+{row.tags.length - 3}</span>}
      </span>
      <span className={classes.kind}>{row.kind}</span>
      <time
        className={classes.time}
        dateTime={at.toISOString()}
        // Formatted when asked for: it costs more than the rest of the row.
        onPointerEnter={(event) => {
          event.currentTarget.title = exactTime(at)
        }}
      >
        {relativeTime(at, now)}
      </time>
    </>
  )
}, isSame)
