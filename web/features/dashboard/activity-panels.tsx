import { Stack } from '@mantine/core'
import { activity$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { ChartCard } from '#web/ui/charts/chart-card.tsx'
import { ColumnsChart } from '#web/ui/charts/columns-chart.tsx'
import { HeatMap } from '#web/ui/charts/heat-map.tsx'
import { activityFinding, activityText, type DayActivity, filledDays, growthFinding, summed } from './activity.ts'
import { type DayRange, dayName, daysOf, longDayName, monthTicks, weekdayNames, weekdayOf } from './calendar.ts'

/** One query, two charts: the days of the range as a calendar, and its weeks as two curves over one axis. */
export const ActivityPanels = ({ range }: { readonly range: DayRange }) => {
  const store = useWorkspaceStore()
  const activity = store.useQuery(activity$(range.from, range.to))
  const days = filledDays(daysOf(range), activity)
  return (
    <Stack gap="md">
      <CalendarPanel range={range} days={days} />
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
  const weeks = summed(days, 'week')
  const names = new Map(monthTicks(days.map(({ day }) => day)).map(({ week, name }) => [week, name]))
  const columnsOf = (what: 'messages' | 'memories') =>
    weeks.map((week, index) => {
      const tick = names.get(index)
      return { key: week.day, name: `Week of ${dayName(week.day)}:`, value: week[what], ...(tick && { tick }) }
    })
  return (
    <ChartCard
      finding={growthFinding(days, range.name)}
      subject={`Messages and memories a week, ${range.name}`}
      fileName={`pjai-weeks-${range.from}-${range.to}`}
      table={{
        columns: ['Week of', ...columns],
        rows: weeks.map(({ day, messages, memories }) => [day, messages, memories]),
      }}
    >
      <Stack gap="md">
        <ColumnsChart name="Messages" series="first" columns={columnsOf('messages')} />
        <ColumnsChart name="Memories" series="second" columns={columnsOf('memories')} />
      </Stack>
    </ChartCard>
  )
}
