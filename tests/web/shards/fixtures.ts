import type { AlertRule, CellHealth } from '#schema/health/wire.ts'
import type { CellSaid, CellsSaid, PlacementSaid } from '#schema/placement/wire.ts'
import type { Move } from '#web/services/cells/placement-calls.ts'

const cell = (cellId: string, change: Partial<CellSaid> = {}): CellSaid => ({
  cellId,
  weight: 1,
  jurisdiction: null,
  hint: null,
  readOnly: false,
  draining: false,
  takesStores: true,
  stores: 2,
  records: 1200,
  bytes: 400_000,
  connections: 1,
  ...change,
})

export const cellsSaid = (change: Partial<CellsSaid> = {}): CellsSaid => ({
  mayOperate: true,
  strategy: 'hash',
  points: 1000,
  cells: [cell('c1'), cell('c2', { draining: true, takesStores: false })],
  ...change,
})

export const placement = (storeId: string, cellId: string): PlacementSaid => ({
  storeId,
  isMine: true,
  cellId,
  epoch: 1,
  status: 'active',
  strategy: 'hash',
  pinned: false,
  since: '2026-03-01T10:00:00.000Z',
  records: 600,
  bytes: 200_000,
})

export const rule = (change: Partial<AlertRule> = {}): AlertRule => ({
  ruleId: 'r1',
  secret: null,
  name: 'A cell is down',
  measure: 'cell state',
  forMinutes: 5,
  webhook: null,
  isOn: true,
  is: 'down' as const,
  ...change,
})

export const move = (change: Partial<Move>): Move => ({
  moveId: 'm1',
  storeId: 'persona_ada',
  isMine: true,
  from: 'c1',
  to: 'c2',
  step: 'copying',
  events: 1000,
  copied: 250,
  bytes: 4000,
  startedAt: '2026-03-01T10:00:00.000Z',
  arrivedAt: null,
  endedAt: null,
  fenceMs: null,
  why: null,
  ...change,
})

export const cellHealth = (change: Partial<CellHealth> = {}): CellHealth => ({
  cellId: 'c1',
  state: 'healthy',
  stores: 2,
  records: 1200,
  bytes: 400_000,
  connections: 1,
  utilisation: 0.25,
  push: { count: 84, averageMs: 4, p95Ms: 12 },
  pull: { count: 0, averageMs: null, p95Ms: null },
  errors: 0,
  lastError: null,
  uptime: 0.999,
  checkedAt: '2026-03-01T10:00:00.000Z',
  ...change,
})
