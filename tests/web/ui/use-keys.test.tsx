import { cleanup, fireEvent, render } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { useKeys } from '#web/ui/use-keys.ts'

const Keys = ({ handlers }: { readonly handlers: Parameters<typeof useKeys>[0] }) => {
  useKeys(handlers)
  return <input aria-label="field" />
}

const pressed = vi.fn<(key: string) => void>()

beforeEach(() => {
  pressed.mockClear()
  const handlers = Object.fromEntries(['c', 'g c', 'Control+1', 'Escape'].map((key) => [key, () => pressed(key)]))
  render(<Keys handlers={handlers} />)
})
afterEach(cleanup)

const press = (key: string, target: Element = document.body, more = {}) => fireEvent.keyDown(target, { key, ...more })

test('[SH4] a plain key does its work, and as the second of a sequence only the work of the sequence', () => {
  press('c')
  press('g')
  press('c')
  press('c')
  expect(pressed.mock.calls.flat()).toEqual(['c', 'g c', 'c'])
})

test('[SH4] while someone types, plain keys are letters, and chords and Escape still work', () => {
  const field = document.querySelector('input')!
  press('c', field)
  press('g', field)
  press('c', field)
  press('1', field, { ctrlKey: true, getModifierState: (key: string) => key === 'Control' })
  press('Escape', field)
  expect(pressed.mock.calls.flat()).not.toContain('c')
  expect(pressed.mock.calls.flat()).toContain('Escape')
})

test('[SH4] while a dialog is open, plain keys rest', () => {
  const dialog = document.body.appendChild(document.createElement('div'))
  dialog.setAttribute('role', 'dialog')
  press('c')
  dialog.remove()
  expect(pressed).not.toHaveBeenCalled()
})
