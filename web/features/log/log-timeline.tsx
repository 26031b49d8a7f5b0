import { Button } from '@mantine/core'
import { memo, useMemo } from 'react'
import { ChartCard } from '#web/ui/charts/chart-card.tsx'
import { ColumnsChart } from '#web/ui/charts/columns-chart.tsx'
import { counted } from '#web/ui/charts/numbers.ts'
import { perUnit, unitNames, unitTicks } from '#web/ui/charts/time-units.ts'
import type { Clock } from './clock.ts'
import { whenOf } from './log-address.ts'
import { barsOf } from './log-bars.ts'
import classes from './log-room.module.css'

interface LogTimelineProps {
  readonly times: Float64Array
  readonly clock: Clock
  /** Whether it shows less than all time. */
  readonly isNarrowed: boolean
  readonly onPick: (when: string | undefined) => void
}

/** How much happened when, of what is shown; columns that are picked narrow the time. */
export const LogTimeline = memo(function LogTimeline({ times, clock, isNarrowed, onPick }: LogTimelineProps) {
  const { unit, bars } = useMemo(() => barsOf(times, clock.isUtc), [times, clock.isUtc])
  const most = bars.reduce((best, bar) => (bar.count > best.count ? bar : best), bars[0] ?? nothing)
  if (bars.length === 0) return null
  const nameOf = (time: number) => clock.format(time, unitNames[unit])
  const every = Math.ceil(bars.length / 6)
  return (
    <div className={classes.timeline}>
      <ChartCard
        finding={
          bars.length === 1
            ? `${counted(most.count, 'event')}: ${nameOf(most.from)}`
            : `Most happened ${nameOf(most.from)}: ${counted(most.count, 'event')}`
        }
        subject={`Events ${perUnit[unit]}${clock.isUtc ? ', UTC' : ''}`}
        fileName="pjai-log-timeline"
        table={{
          columns: ['From', 'Events'],
          rows: bars.filter(({ count }) => count > 0).map(({ from, count }) => [nameOf(from), count]),
        }}
        actions={
          isNarrowed && (
            <Button size="compact-sm" variant="subtle" color="gray" fw={400} onClick={() => onPick(undefined)}>
              All time
            </Button>
          )
        }
      >
        <ColumnsChart
          name="Events"
          series="first"
          columns={bars.map(({ from, count }, place) => ({
            key: String(from),
            name: nameOf(from),
            value: count,
            ...(place % every === 0 && { tick: clock.format(from, unitTicks[unit]) }),
          }))}
          onPick={(first, last) => onPick(whenOf(bars[first]?.from, bars[last]?.to))}
        />
      </ChartCard>
    </div>
  )
})

const nothing = { from: 0, to: 0, count: 0 }
