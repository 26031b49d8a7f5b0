import { expect, test } from 'vitest'
import { flowOf } from '#web/features/shards/moves/flow.ts'
import { canRollBack, hasCutOver, isUnderWay, partOf } from '#web/features/shards/moves/steps.ts'
import { shifted } from '#web/services/cells/shifted.ts'
import { move } from './fixtures.ts'

test('[RM5] a move can be called back until it is cut over to, and is over when only cleaning is left', () => {
  const back = (['planned', 'copying', 'verifying', 'fencing'] as const).map((step) => move({ step }))
  const forward = (['cutting over', 'handing over', 'settling'] as const).map((step) => move({ step }))
  expect(back.every(canRollBack)).toBe(true)
  expect(forward.some(canRollBack)).toBe(false)
  expect([...back, ...forward, move({ step: 'rolling back' })].every(isUnderWay)).toBe(true)
  expect((['grace', 'cleaned', 'rolled back'] as const).some((step) => isUnderWay(move({ step })))).toBe(false)
  expect(hasCutOver(move({ step: 'cutting over' }))).toBe(false)
  expect(hasCutOver(move({ step: 'handing over' }))).toBe(true)
  expect(partOf(move({}))).toBe(0.25)
  expect(partOf(move({ step: 'planned', events: 0, copied: 0 }))).toBe(0)
  expect(partOf(move({ step: 'settling', copied: 0 }))).toBe(1)
})

test('[RM6] what is copied is leaving here and arriving there, until the store is there', () => {
  const cells = [
    { cellId: 'c1', bytes: 10_000 },
    { cellId: 'c2', bytes: 500 },
    { cellId: 'c3', bytes: 0 },
  ]
  expect(flowOf(cells, [move({}), move({ moveId: 'm2', step: 'grace' })])).toEqual({
    columns: [
      { cellId: 'c1', bytes: 10_000, leaving: 1000, arriving: 0 },
      { cellId: 'c2', bytes: 500, leaving: 0, arriving: 1000 },
      { cellId: 'c3', bytes: 0, leaving: 0, arriving: 0 },
    ],
    flows: [{ moveId: 'm1', from: 'c1', to: 'c2', bytes: 4000 }],
  })
  // The cells count it themselves by then.
  expect(flowOf(cells, [move({ step: 'settling' })]).columns[1]).toMatchObject({ bytes: 500, arriving: 0 })
})

test('[RM3] what would stand where follows from what would move', () => {
  const before = [
    { cellId: 'c1', stores: 3, bytes: 9000 },
    { cellId: 'c2', stores: 0, bytes: 0 },
  ]
  expect(shifted(before, [{ from: 'c1', to: 'c2', bytes: 4000 }])).toEqual([
    { cellId: 'c1', stores: 2, bytes: 5000 },
    { cellId: 'c2', stores: 1, bytes: 4000 },
  ])
})
