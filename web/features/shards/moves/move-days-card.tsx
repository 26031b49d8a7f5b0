import { SimpleGrid, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import type { MoveDaysSaid } from '#schema/placement/wire.ts'
import { asSeconds } from '#web/ui/amounts.ts'
import { type DayRange, dayName, tickOf } from '#web/ui/charts/calendar.ts'
import { ChartCard } from '#web/ui/charts/chart-card.tsx'
import { ColumnsChart } from '#web/ui/charts/columns-chart.tsx'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import { averageOf, everyDay, figuresOf, moveDaysFinding, times } from './move-days.ts'

interface MoveDaysCardProps {
  readonly said: MoveDaysSaid
  readonly range: DayRange
  /** Of the range. */
  readonly choice?: ReactNode
}

/** The figures above their days. */
export const MoveDaysCard = ({ said, range, choice }: MoveDaysCardProps) => {
  const days = everyDay(range, said.days)
  const figures = figuresOf(days)
  const columnsOf = (key: 'moved' | 'looks') =>
    days.map(({ day, [key]: value }, place) => {
      const tick = tickOf('day', day, days[place - 1]?.day)
      return { key: day, name: `${dayName(day)}:`, value, ...(tick !== undefined && { tick }) }
    })
  return (
    <ChartCard
      finding={moveDaysFinding(figures, range.name)}
      subject={`Moves and rebalancing a day, ${range.name}, UTC`}
      fileName={`pjai-moves-${range.from}-${range.to}`}
      table={{
        columns: [
          'Day',
          'Moves',
          'Average ms',
          'Writers waited ms',
          'Called back',
          'Rebalancing ran',
          'Moves it began',
        ],
        rows: days
          .filter(({ moved, calledBack, looks }) => moved + calledBack + looks > 0)
          .map(({ day, moved, tookMs, fenceMs, calledBack, looks, started }) => [
            day,
            moved,
            rounded(averageOf(tookMs, moved)),
            rounded(averageOf(fenceMs, moved)),
            calledBack,
            looks,
            started,
          ]),
      }}
      actions={choice}
    >
      <Stack gap="md">
        <SimpleGrid component="dl" m={0} cols={{ base: 2, sm: 4 }} spacing="md">
          <Figure name="Average time of a move" value={figures.took === null ? '—' : asSeconds(figures.took)} />
          <Figure
            name="Writers waited"
            value={figures.fence === null ? '—' : `${wholeNumber(Math.round(figures.fence))} ms`}
          />
          <Figure name="Called back" value={wholeNumber(figures.calledBack)} />
          <Figure name="Rebalancing ran" value={`${times(figures.looksADay)} a day`} />
        </SimpleGrid>
        <ColumnsChart name="Moves" series="first" columns={columnsOf('moved')} />
        <ColumnsChart name="Rebalancing ran" series="second" columns={columnsOf('looks')} />
      </Stack>
    </ChartCard>
  )
}

const Figure = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <div>
    <Text component="dt" size="sm" c="dimmed">
      {name}
    </Text>
    <Text component="dd" m={0} fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
      {value}
    </Text>
  </div>
)

const rounded = (value: number | null): number | string => (value === null ? '—' : Math.round(value))
