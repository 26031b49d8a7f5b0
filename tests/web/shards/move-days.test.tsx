import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { everyDay, figuresOf, moveDaysFinding } from '#web/features/shards/moves/move-days.ts'
import { MoveDaysCard } from '#web/features/shards/moves/move-days-card.tsx'
import { rangeOf } from '#web/ui/charts/calendar.ts'

afterEach(cleanup)

const range = rangeOf('7d', '2026-03-10')
const day = { moved: 0, tookMs: 0, fenceMs: 0, calledBack: 0, looks: 24, started: 0 }
const told = [
  { ...day, day: '2026-03-07', moved: 1, tookMs: 2000, fenceMs: 40, started: 1 },
  { ...day, day: '2026-03-09', moved: 3, tookMs: 10_000, fenceMs: 200, calledBack: 1 },
]

test('[HE31] an average is that of all moves, not of days, and rebalancing is counted from the first day it ran', () => {
  const days = everyDay(range, told)
  expect(days.map(({ moved }) => moved)).toEqual([0, 0, 0, 1, 0, 3, 0])
  const figures = figuresOf(days)
  expect(figures).toMatchObject({ moved: 4, took: 3000, fence: 60, calledBack: 1, looks: 48, looksADay: 12 })
  expect(moveDaysFinding(figures, range.name)).toBe('A move took 3 s on average; rebalancing ran 12 times a day')
  expect(moveDaysFinding(figuresOf(everyDay(range, [])), range.name)).toBe(
    'Nothing moved in the last 7 days; rebalancing never ran',
  )
  expect(moveDaysFinding(figuresOf(days.slice(0, 4)), range.name)).toBe(
    'The one move took 2 s; rebalancing ran 24 times a day',
  )
})

test('[HE31] the figures stand above their days, and the numbers behind them', () => {
  render(
    <MantineProvider env="test">
      <MoveDaysCard said={{ days: told }} range={range} />
    </MantineProvider>,
  )
  expect(screen.getByText('Average time of a move').nextSibling?.textContent).toBe('3 s')
  expect(screen.getByText('Writers waited').nextSibling?.textContent).toBe('60 ms')
  fireEvent.click(screen.getByRole('button', { name: 'Show the numbers' }))
  const rows = screen.getAllByRole('row').map(({ textContent }) => textContent)
  expect(rows).toHaveLength(3)
  expect(rows[2]).toBe('2026-03-0933,333671240')
})
