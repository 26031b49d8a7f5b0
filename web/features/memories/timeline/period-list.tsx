import { Button, Text } from '@mantine/core'
import { type KeyboardEvent, useMemo } from 'react'
import type { MemoryFilter } from '#schema/memories/queries.ts'
import { type MemoryTime, memoriesOfPeriod$ } from '#schema/memories/timeline-queries.ts'
import { ImportanceBar } from '#web/features/memories/importance-bar.tsx'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { counted, wholeNumber } from '#web/ui/charts/numbers.ts'
import series from '#web/ui/charts/series.module.css'
import { seriesColour } from '#web/ui/charts/series.ts'
import type { Span } from '#web/ui/charts/time-span.ts'
import { exactTime } from '#web/ui/times.tsx'
import classes from './memory-timeline.module.css'
import { periodName } from './period-names.ts'
import { beginningHere } from './timeline-address.ts'

interface PeriodListProps {
  readonly filter: MemoryFilter
  readonly time: MemoryTime
  readonly period: Span
  /** Of how many memories. */
  readonly count: number
  readonly canPick: boolean
  readonly kinds: readonly string[]
  readonly openId: string | undefined
  readonly onOpen: (memoryId: string) => void
  readonly onPick: () => void
}

const limit = 200

/** The memories of a period, the oldest first; each opens beside. */
export const PeriodList = ({ filter, time, period, count, canPick, kinds, openId, ...props }: PeriodListProps) => {
  const { from, to } = period
  const memories$ = useMemo(
    () => memoriesOfPeriod$(filter, time, { from: beginningHere(from), to: beginningHere(to) }, limit),
    [filter, time, from, to],
  )
  const memories = usePersonaStore().useQuery(memories$)
  return (
    <section className={`${classes.period} ${series.series}`} aria-label="Memories of this time">
      <div className={classes.periodHead}>
        <Text size="sm" fw={600} truncate>
          {periodName(period)}
        </Text>
        <Text size="sm" c="dimmed" flex="none">
          {counted(count, 'memory', 'memories')}
        </Text>
        <span style={{ flex: 1 }} />
        {canPick && count > 0 && (
          <Button size="compact-sm" variant="subtle" flex="none" onClick={props.onPick}>
            Only these
          </Button>
        )}
      </div>
      <ol className={classes.memories} onKeyDown={moveFocus}>
        {memories.map(({ memoryId, preview, kind, importance, ...memory }) => (
          <li key={memoryId}>
            <button
              type="button"
              className={classes.memory}
              data-open={memoryId === openId || undefined}
              onClick={() => props.onOpen(memoryId)}
            >
              <span
                className={classes.swatch}
                style={{ background: seriesColour(kinds.includes(kind) ? kinds.indexOf(kind) : kinds.length - 1) }}
                title={kind}
              />
              <span className={classes.preview}>{preview}</span>
              <ImportanceBar importance={importance} />
              <time className={classes.time} dateTime={memory[time].toISOString()} title={exactTime(memory[time])}>
                {dateFormat.format(memory[time])}
              </time>
            </button>
          </li>
        ))}
      </ol>
      {count > memories.length && memories.length === limit && (
        <Text size="sm" c="dimmed" px="md" py="sm">
          The first {wholeNumber(limit)} of {wholeNumber(count)}. Look closer, or narrow the filters, to see the others.
        </Text>
      )}
    </section>
  )
}

const dateFormat = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })

/** Up and down between the rows; Enter is a button's own. */
const moveFocus = (event: KeyboardEvent) => {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (by === 0) return
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const next = rows[rows.indexOf(event.target as HTMLElement) + by] // events of keys start at what has the focus
  if (next === undefined) return
  event.preventDefault()
  next.focus()
}
