import type { AlertRule } from '#schema/health/wire.ts'
import type { CellSaid, CellsSaid, PlacementSaid } from '#schema/placement/wire.ts'

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
