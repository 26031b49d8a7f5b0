import { MantineProvider, Menu } from '@mantine/core'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { type ReactNode, useRef } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Act } from '#web/ui/act.tsx'
import { ActMenu } from '#web/ui/act-menu.tsx'
import { Tips } from '#web/ui/tips.tsx'

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const Box = ({ children }: { readonly children: ReactNode }) => {
  const box = useRef<HTMLDivElement>(null)
  return (
    <MantineProvider env="test">
      <div ref={box} data-testid="box">
        {children}
      </div>
      <Tips within={box} />
    </MantineProvider>
  )
}

const labelled = (label: string) => (
  <Box>
    <Act label={label} icon="i" onClick={() => undefined} />
    <Act label="Edit" icon="i" onClick={() => undefined} />
  </Box>
)
const point = (name: string, pointerType = 'mouse') =>
  fireEvent.pointerOver(screen.getByRole('button', { name }), { pointerType })
const rest = () => act(() => vi.advanceTimersByTimeAsync(1000))
const tips = () => screen.queryAllByRole('tooltip').map(({ textContent }) => textContent)

test('[CH53] one tooltip says what the pointer rests at, and what that becomes', async () => {
  const { rerender } = render(labelled('Copy'))
  point('Copy')
  expect(tips()).toEqual([])
  await rest()
  expect(tips()).toEqual(['Copy'])
  rerender(labelled('Copied'))
  await rest()
  expect(tips()).toEqual(['Copied'])
  point('Edit')
  await rest()
  expect(tips()).toEqual(['Edit'])
  fireEvent.pointerLeave(screen.getByTestId('box'))
  await rest()
  expect(tips()).toEqual([])
})

test('[CH53] a finger that passes gets no tooltip', async () => {
  render(labelled('Copy'))
  point('Copy', 'touch')
  await rest()
  expect(tips()).toEqual([])
})

test('[CH54] of a menu there is nothing before it is opened, its button closes it again, and has the focus then', async () => {
  const items = vi.fn<() => ReactNode>(() => <Menu.Item>Delete</Menu.Item>)
  render(
    <Box>
      <ActMenu label="More" icon="i" position="bottom-end" items={items} />
    </Box>,
  )
  const button = screen.getByRole('button', { name: 'More' })
  const press = async () => {
    for (const event of [fireEvent.pointerDown, fireEvent.mouseDown, fireEvent.mouseUp, fireEvent.click]) event(button)
    await rest()
  }
  expect(items).not.toHaveBeenCalled()
  expect(button.getAttribute('aria-expanded')).toBe('false')
  await press()
  expect(screen.getByRole('menu', { name: 'More' })).toBeDefined()
  expect(button.getAttribute('aria-expanded')).toBe('true')
  await press()
  expect(screen.queryByRole('menu')).toBeNull()
  expect(button.getAttribute('aria-expanded')).toBe('false')
  await press()
  fireEvent.click(screen.getByRole('menuitem', { name: 'Delete' }))
  await rest()
  expect(screen.queryByRole('menu')).toBeNull()
  expect(document.activeElement).toBe(button)
})
