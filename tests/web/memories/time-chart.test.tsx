import { MantineProvider } from '@mantine/core'
import { cleanup, createEvent, fireEvent, render, screen } from '@testing-library/react'
import { useState } from 'react'
import { afterEach, expect, test } from 'vitest'
import { TimeChart } from '#web/ui/charts/time-chart.tsx'
import { keptWithin, type Span } from '#web/ui/charts/time-span.ts'

afterEach(cleanup)

const whole = { from: 0, to: 100 }

const Chart = () => {
  const [span, setSpan] = useState<Span>(whole)
  const [picked, setPicked] = useState<Span | null>(null)
  const [active, setActive] = useState<number | null>(null)
  const bars = Array.from({ length: 10 }, (_, n) => ({
    from: n * 10,
    to: n * 10 + 10,
    name: `bar ${n}`,
    counts: [n, 1],
    total: n + 1,
  })).filter(({ from, to }) => to > span.from && from < span.to)
  return (
    <MantineProvider>
      <TimeChart
        label="Things"
        one="thing"
        many="things"
        bars={bars}
        span={span}
        whole={whole}
        picked={picked}
        active={active}
        onActive={setActive}
        onSpan={(wanted) => setSpan(keptWithin(wanted, whole, 10))}
        onPick={setPicked}
      />
      <output>{JSON.stringify({ span, picked })}</output>
    </MantineProvider>
  )
}
const said = (): { readonly span: Span; readonly picked: Span | null } =>
  JSON.parse(screen.getByRole('status').textContent)
const slider = () => screen.getByRole('slider', { name: 'Things' })
const press = (...keys: readonly string[]) => {
  for (const key of keys) {
    const [plain = key, shifted] = key.split('Shift+').toReversed()
    fireEvent.keyDown(slider(), { key: plain, shiftKey: shifted !== undefined })
  }
}

/** At 30; the wheel of this document has no place of its own. */
const wheel = (plot: HTMLElement, by: { readonly deltaX?: number; readonly deltaY?: number }) =>
  fireEvent(plot, Object.assign(createEvent.wheel(plot, by), { clientX: 30 }))

test('[TL7] a wheel looks closer around the pointer, and sideways moves along', () => {
  render(<Chart />)
  const plot = slider().firstElementChild as HTMLElement // the drawing
  plot.getBoundingClientRect = () => ({ left: 0, width: 100 }) as DOMRect // nothing is laid out here
  Object.defineProperty(plot, 'clientWidth', { value: 100 })
  wheel(plot, { deltaY: -400 })
  const { from, to } = said().span
  expect(to - from).toBeLessThan(50)
  expect((30 - from) / (to - from)).toBeCloseTo(0.3)
  wheel(plot, { deltaX: 10 })
  expect(said().span.from).toBeGreaterThan(from)
  expect(said().span.to - said().span.from).toBeCloseTo(to - from)
  wheel(plot, { deltaY: 5000 })
  expect(said().span).toEqual(whole)
})

test('[TL8] the bars are read, moved and drawn over with the keyboard', () => {
  render(<Chart />)
  fireEvent.focus(slider())
  press('Home')
  expect(slider().getAttribute('aria-valuetext')).toBe('bar 0: 1 thing')
  press('ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowRight')
  expect(slider().getAttribute('aria-valuetext')).toBe('bar 3: 4 things; Enter shows only what is chosen')
  press('Enter')
  expect(said().picked).toEqual({ from: 10, to: 40 })
  press('Escape')
  expect(said().picked).toBeNull()
  press('Enter')
  expect(said().picked).toEqual({ from: 30, to: 40 })
  press('+', '+')
  expect(said().span.to - said().span.from).toBe(25)
  const { from } = said().span
  press('PageDown')
  expect(said().span.from).toBeGreaterThan(from)
  press('0')
  expect(said().span).toEqual(whole)
})
