import { MantineProvider } from '@mantine/core'
import { cleanup, render, screen } from '@testing-library/react'
import type { ReactNode } from 'react'
import { afterEach, expect, test, vi } from 'vitest'
import { CellHealthCard } from '#web/features/shards/health/cell-health-card.tsx'
import { FlowCard } from '#web/features/shards/moves/flow-card.tsx'
import { MoveHistory } from '#web/features/shards/moves/move-history.tsx'
import { PlanResult } from '#web/features/shards/plan/plan-result.tsx'
import { cellHealth, cellsSaid, move } from './fixtures.ts'

afterEach(cleanup)

const { cells } = cellsSaid()
const nameOf = (storeId: string) => storeId.replace('persona_', '')
const show = (view: ReactNode) => render(<MantineProvider env="test">{view}</MantineProvider>)

test('[RM6] what flows is told in a sentence and drawn as a column for each cell', () => {
  const { container } = show(<FlowCard cells={cells} moves={[move({})]} waiting={3} />)
  expect(screen.getByRole('heading').textContent).toBe('1 move under way, 3 waiting: 250 of 1,000 events copied')
  expect(container.querySelectorAll('svg text')).toHaveLength(4) // a name and a size for each of two
  expect(container.querySelectorAll('path[class*="way"]')).toHaveLength(1)
})

test('[RM5] what moved before says how it ended, and how long writers waited', () => {
  const before = [
    move({ step: 'grace', fenceMs: 84 }),
    move({ moveId: 'm2', step: 'rolled back', why: 'It was called back.' }),
  ]
  show(<MoveHistory moves={before} cells={cells} nameOf={nameOf} />)
  expect(screen.getByRole('heading').textContent).toBe('2 moves before; writers waited 84 ms on average')
  expect(screen.getByText('Called back: It was called back.')).toBeTruthy()
})

test('[RM3] a plan says what would move, why, and what would stand where; what moves nothing may still do something', () => {
  const load = { stores: 2, bytes: 400_000 }
  const plan = {
    moves: [{ storeId: 'persona_ada', from: 'c2', to: 'c1', events: 600, bytes: 200_000, why: 'c2 is emptied.' }],
    before: [
      { cellId: 'c1', ...load },
      { cellId: 'c2', ...load },
    ],
    after: [
      { cellId: 'c1', stores: 3, bytes: 600_000 },
      { cellId: 'c2', stores: 1, bytes: 200_000 },
    ],
  }
  const onStart = vi.fn<() => Promise<void>>()
  const props = { cells, nameOf, isBusy: false, onStart }
  const { unmount } = show(<PlanResult plan={plan} kind="drain" {...props} />)
  expect(screen.getByRole('heading').textContent).toBe('1 store would move: 600 events, 200 kB')
  expect(screen.getByText('c2 is emptied.')).toBeTruthy()
  expect(screen.getByRole('table', { name: 'Before and after' }).textContent).toContain('2 → 3')
  expect(screen.getByRole('button', { name: 'Start 1 move' })).toBeTruthy()
  unmount()
  show(<PlanResult plan={{ ...plan, moves: [] }} kind="pin" {...props} />)
  expect(screen.getByRole('button', { name: 'Do it' })).toBeTruthy()
})

test('[RM9] a cell is told by its state, its times and its last error; what nobody asked has no times', () => {
  const lastError = { at: '2026-03-01T10:00:00.000Z', what: 'The disk was full.' }
  show(<CellHealthCard health={cellHealth({ state: 'degraded', errors: 2, lastError })} cells={cells} />)
  const card = screen.getByRole('region', { name: 'Health of c1' }).textContent
  expect(card).toContain('degraded')
  expect(card).toContain('p95 12 ms, 4 ms on average, 84 in the hour')
  expect(card).toContain('Pullsnone')
  expect(card).toContain('The disk was full.')
})
