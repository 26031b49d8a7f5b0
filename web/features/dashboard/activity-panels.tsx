import { Stack } from '@mantine/core'
import { activity$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import {
  type DayRange,
  dayName,
  daysOf,
  longDayName,
  monthName,
  monthTicks,
  tickOf,
  weekdayNames,
  weekdayOf,
} from '#web/ui/charts/calendar.ts'
import { ChartCard } from '#web/ui/charts/chart-card.tsx'
import { ColumnsChart } from '#web/ui/charts/columns-chart.tsx'
import { HeatMap } from '#web/ui/charts/heat-map.tsx'
import {
  activityFinding,
  activityText,
  type DayActivity,
  filledDays,
  growthFinding,
  type Step,
  stepOf,
  summed,
} from './activity.ts'

interface ActivityPanelsProps {
  readonly range: DayRange
  /** Of one persona alone. */
  readonly personaId: string | undefined
}

/** One query, two charts: the days of about a year as a calendar, and any range as two curves over one axis. */
export const ActivityPanels = ({ range, personaId }: ActivityPanelsProps) => {
  const store = useWorkspaceStore()
  const activity = store.useQuery(activity$(range.from, range.to, personaId))
  const days = filledDays(daysOf(range), activity)
  const isAboutAYear = days.length > 300 && days.length < 400
  return (
    <Stack gap="md">
      {isAboutAYear && <CalendarPanel range={range} days={days} />}
      <GrowthPanel range={range} days={days} />
    </Stack>
  )
}

interface PanelProps {
  readonly range: DayRange
  readonly days: readonly DayActivity[]
}

const columns = ['Messages', 'Memories']

export const CalendarPanel = ({ range, days }: PanelProps) => (
  <ChartCard
    finding={activityFinding(days, range.name)}
    subject={`Messages and memories a day, ${range.name}, UTC`}
    fileName={`pjai-activity-${range.from}-${range.to}`}
    table={{
      columns: ['Day', ...columns],
      rows: days
        .filter(({ messages, memories }) => messages + memories > 0)
        .map(({ day, messages, memories }) => [day, messages, memories]),
    }}
  >
    <HeatMap
      key={range.from}
      label="Activity a day"
      lead={weekdayOf(range.from)}
      days={days.map((day) => ({
        day: day.day,
        value: day.messages + day.memories,
        text: `${longDayName(day.day)}: ${activityText(day)}`,
      }))}
      months={monthTicks(days.map(({ day }) => day))}
      weekdays={weekdayNames}
      hint="Point at a day, or use the arrow keys."
    />
  </ChartCard>
)

const GrowthPanel = ({ range, days }: PanelProps) => {
  const step = stepOf(days.length)
  const sums = summed(days, step)
  const columnsOf = (what: 'messages' | 'memories') =>
    sums.map((sum, index) => {
      const tick = tickOf(step, sum.day, sums[index - 1]?.day)
      return { key: sum.day, name: nameOf(step, sum.day), value: sum[what], ...(tick && { tick }) }
    })
  return (
    <ChartCard
      finding={growthFinding(days, range.name)}
      subject={`Messages and memories a ${step}, ${range.name}`}
      fileName={`pjai-${step}s-${range.from}-${range.to}`}
      table={{
        columns: [step === 'week' ? 'Week of' : step === 'day' ? 'Day' : 'Month', ...columns],
        rows: sums.map(({ day, messages, memories }) => [day, messages, memories]),
      }}
    >
      <Stack gap="md">
        <ColumnsChart name="Messages" series="first" columns={columnsOf('messages')} />
        <ColumnsChart name="Memories" series="second" columns={columnsOf('memories')} />
      </Stack>
    </ChartCard>
  )
}

const nameOf = (step: Step, key: string): string =>
  step === 'week' ? `Week of ${dayName(key)}:` : `${step === 'day' ? dayName(key) : monthName(key)}:`
