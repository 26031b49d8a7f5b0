import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { ColumnsChart } from '#web/ui/charts/columns-chart.tsx'
import { csvOf } from '#web/ui/charts/csv.ts'
import { heatLevels } from '#web/ui/charts/heat-levels.ts'
import { HeatMap } from '#web/ui/charts/heat-map.tsx'

afterEach(cleanup)

test('[DA4] what is exported opens in a spreadsheet as it is, and nothing in it runs', () => {
  const table = {
    columns: ['Name', 'Memories'],
    rows: [
      ['Ada, "the first"', 3],
      ['=cmd()', -1],
    ],
  } as const
  expect(csvOf(table)).toBe('\ufeffName,Memories\r\n"Ada, ""the first""",3\r\n\'=cmd(),-1\r\n')
})

test('[DA5] the strength of a day tells its quarter, so that one wild day does not pale the others', () => {
  expect(heatLevels([0, 1, 2, 3, 4, 1000])).toEqual([0, 1, 1, 2, 3, 4])
  expect(heatLevels([])).toEqual([])
  expect(heatLevels([0, 7])).toEqual([0, 1])
})

test('[DA6] the days of the calendar are read with the arrow keys', () => {
  const days = Array.from({ length: 15 }, (_, day) => ({ day: `day ${day}`, value: day, text: `said on ${day}` }))
  render(
    <MantineProvider>
      <HeatMap label="Activity" days={days} lead={3} months={[]} weekdays={['Mon']} hint="Point" />
    </MantineProvider>,
  )
  const slider = screen.getByRole('slider', { name: 'Activity' })
  fireEvent.focus(slider)
  expect(slider.getAttribute('aria-valuetext')).toBe('said on 14')
  fireEvent.keyDown(slider, { key: 'ArrowLeft' })
  expect(slider.getAttribute('aria-valuetext')).toBe('said on 7')
  fireEvent.keyDown(slider, { key: 'ArrowUp' })
  expect(screen.getByText('said on 6')).toBeTruthy()
  fireEvent.keyDown(slider, { key: 'Home' })
  fireEvent.keyDown(slider, { key: 'ArrowLeft' })
  expect(slider.getAttribute('aria-valuenow')).toBe('0')
})

test('[DA7] the number beside a curve is the sum, or that of the week pointed at', () => {
  const columns = [4, 9, 2].map((value, index) => ({ key: String(index), name: `Week ${index}`, value }))
  render(
    <MantineProvider>
      <ColumnsChart name="Messages" series="first" columns={columns} />
    </MantineProvider>,
  )
  expect(screen.getByText('in all').parentElement?.textContent).toBe('in all 15')
  fireEvent.keyDown(screen.getByRole('slider'), { key: 'ArrowLeft' })
  expect(screen.getByText('Week 1').parentElement?.textContent).toBe('Week 1 9')
})
