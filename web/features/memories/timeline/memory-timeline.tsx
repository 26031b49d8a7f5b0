import { useMemo, useState } from 'react'
import type { ExplorerViewProps } from '#web/features/memories/explorer-view-props.ts'
import { filterOfSearch } from '#web/features/memories/memory-search.ts'
import { startOfToday } from '#web/features/memories/start-of-today.ts'
import type { Span } from '#web/ui/charts/time-span.ts'
import { barsIn, countIn } from './density.ts'
import { DensityCard } from './density-card.tsx'
import classes from './memory-timeline.module.css'
import { PeriodList } from './period-list.tsx'
import { pickedIn, spanToWhen } from './timeline-address.ts'
import { useColouredKinds, useDensity } from './use-density.ts'
import { useShownSpan } from './use-shown-span.ts'

/** How many memories there are of each day, week, month or year; what is drawn over is what all views show. */
export const MemoryTimeline = ({ openId, narrowing, onChange, onOpen }: ExplorerViewProps) => {
  const time = narrowing.time === 'added' ? 'addedAt' : 'occurredAt'
  const today = startOfToday()
  const filter = useMemo(() => filterOfSearch(narrowing, today), [narrowing, today])
  const days = useDensity(filter, time)
  const kinds = useColouredKinds()
  const { span, whole, show } = useShownSpan(days, narrowing.span, onChange)
  const bars = useMemo(() => barsIn(days, span, kinds), [days, span, kinds])
  const picked = useMemo(() => pickedIn(narrowing.when, today, whole), [narrowing.when, today, whole])
  const [pointed, setPointed] = useState<Span | null>(null)
  // What was pointed at stays listed on the way to the list, until it is no longer shown.
  const period = pointed !== null && pointed.to > span.from && pointed.from < span.to ? pointed : (picked ?? span)
  const pick = (chosen: Span | null) => {
    setPointed(null)
    onChange({ when: chosen === null ? undefined : spanToWhen(chosen) })
  }
  return (
    <div className={classes.view}>
      <DensityCard
        bars={bars}
        kinds={kinds}
        kind={narrowing.kind}
        span={span}
        whole={whole}
        picked={picked}
        time={time}
        onPoint={setPointed}
        onSpan={show}
        onPick={pick}
        onChange={onChange}
      />
      <PeriodList
        filter={filter}
        time={time}
        period={period}
        count={countIn(days, period)}
        canPick={period !== picked && countIn(days, period) < countIn(days, whole)}
        kinds={kinds}
        openId={openId}
        onOpen={onOpen}
        onPick={() => pick(period)}
      />
    </div>
  )
}
