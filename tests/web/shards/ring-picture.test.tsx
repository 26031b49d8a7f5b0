import { MantineProvider } from '@mantine/core'
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { RingPicture } from '#web/features/shards/ring-picture.tsx'
import { cellsSaid, placement } from './fixtures.ts'

afterEach(cleanup)

const ringOf = (count: number, onChoose = vi.fn<(storeId: string) => void>()) => {
  const placements = Array.from({ length: count }, (_, n) => placement(`persona_p${n}`, n % 2 === 0 ? 'c1' : 'c2'))
  const { container } = render(
    <MantineProvider env="test">
      <RingPicture
        cells={cellsSaid().cells}
        placements={placements}
        nameOf={(storeId) => storeId.replace('persona_', 'Persona ')}
        chosen={undefined}
        onChoose={onChoose}
      />
    </MantineProvider>,
  )
  const slider = screen.getByRole('slider', { name: 'Stores on the ring' })
  return { slider, onChoose, drawn: () => container.querySelectorAll('circle[cx]').length }
}

test('[RM2] one store is told with its cell and its place, and chosen by Enter', () => {
  const { slider, drawn, onChoose } = ringOf(1)
  expect(drawn()).toBe(1)
  expect(slider.textContent).toContain('store in 2 cells')
  fireEvent.focus(slider)
  expect(slider.getAttribute('aria-valuetext')).toMatch(/^Persona p0 in c1, at \d+\.\d\d% of the ring$/)
  expect(drawn()).toBe(2) // and a ring around it
  fireEvent.keyDown(slider, { key: 'Enter' })
  expect(onChoose).toHaveBeenCalledWith('persona_p0')
})

test('[RM2] of a thousand each is drawn once, and arrows go from one to the next', () => {
  const { slider, drawn } = ringOf(1000)
  expect(drawn()).toBe(1000)
  fireEvent.keyDown(slider, { key: 'Home' })
  const first = slider.getAttribute('aria-valuetext')
  fireEvent.keyDown(slider, { key: 'ArrowRight' })
  expect(slider.getAttribute('aria-valuetext')).not.toBe(first)
  expect(slider.getAttribute('aria-valuemax')).toBe('999')
})
