import { MantineProvider } from '@mantine/core'
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import { tellPreparation } from '#web/livestore/hydration/preparations.ts'
import { turns } from '#web/livestore/hydration/turns.ts'
import { StoreOpening } from '#web/livestore/store-opening.tsx'

afterEach(cleanup)

const fetching = { due: 'hydrate', isWaiting: false } as const

test('[HY13] while much is fetched before a store opens, it is said how much of how much, with a way not to wait', async () => {
  const stop = vi.fn<() => void>()
  render(
    <MantineProvider>
      <StoreOpening storeId="persona_ada" />
    </MantineProvider>,
  )
  expect(await screen.findByRole('status', { name: 'Opening' })).toBeTruthy()
  act(() => tellPreparation('persona_boris', { ...fetching, done: 1, of: 2, stop }))
  expect(screen.queryByRole('progressbar')).toBeNull()
  act(() => tellPreparation('persona_ada', { ...fetching, done: 4000, of: 10_000, stop }))
  expect(await screen.findByRole('progressbar', { name: 'Fetching its log' })).toBeTruthy()
  expect(screen.getByText('4,000 of 10,000 events')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Do not wait' }))
  expect(stop).toHaveBeenCalledOnce()
  act(() => tellPreparation('persona_ada', { ...fetching, due: 'remakeState', done: 0, of: 0, stop }))
  expect(screen.getByRole('progressbar', { name: 'Making its state anew' })).toBeTruthy()
  expect(screen.getByText('Looking how much there is …')).toBeTruthy()
  act(() => tellPreparation('persona_ada', undefined))
  expect(await screen.findByRole('status', { name: 'Opening' })).toBeTruthy()
  act(() => tellPreparation('persona_boris', undefined))
})

test('[HY22] [HY23] the store that is shown goes first; one that waits says so, with a way not to', async () => {
  const onTurn = { ada: vi.fn<(isFirst: boolean) => void>(), boris: vi.fn<(isFirst: boolean) => void>() }
  const leave = [turns.join('persona_ada', onTurn.ada), turns.join('persona_boris', onTurn.boris)]
  const stop = vi.fn<() => void>()
  render(
    <MantineProvider>
      <StoreOpening storeId="persona_boris" />
    </MantineProvider>,
  )
  expect(onTurn.boris).toHaveBeenLastCalledWith(false)
  act(() => tellPreparation('persona_boris', { ...fetching, isWaiting: true, done: 4000, of: 10_000, stop }))
  expect(await screen.findByText(/^Waits until what was opened after it is here: 4,000 of 10,000 events$/)).toBeTruthy()
  expect(onTurn.boris).toHaveBeenLastCalledWith(true)
  expect(onTurn.ada).toHaveBeenLastCalledWith(false)
  fireEvent.click(screen.getByRole('button', { name: 'Do not wait' }))
  expect(stop).toHaveBeenCalledOnce()
  act(() => tellPreparation('persona_boris', undefined))
  for (const end of leave) end()
})
