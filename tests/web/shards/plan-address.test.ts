import { expect, test } from 'vitest'
import { isOfOperators, kinds, whatIfOf } from '#web/features/shards/plan/plan-address.ts'

test('[RM3] the address says what is tried, and nothing is asked before all of it is said', () => {
  expect(whatIfOf({})).toBeUndefined()
  expect(whatIfOf({ what: 'nonsense', store: 'persona_ada', to: 'c2' })).toEqual({
    what: 'move',
    storeId: 'persona_ada',
    to: 'c2',
  })
  expect(whatIfOf({ what: 'pin', store: 'persona_ada' })).toBeUndefined()
  expect(whatIfOf({ what: 'unpin', store: 'persona_ada' })).toEqual({ what: 'unpin', storeId: 'persona_ada' })
  expect(whatIfOf({ what: 'drain', cell: 'c2' })).toEqual({ what: 'drain', cellId: 'c2' })
  expect(whatIfOf({ what: 'weight', cell: 'c2', weight: '2' })).toEqual({
    what: 'weight',
    cellId: 'c2',
    change: { weight: 2 },
  })
  expect(whatIfOf({ what: 'weight', cell: 'c2', weight: 'much' })).toBeUndefined()
  expect(whatIfOf({ what: 'add', cell: 'C5' })).toBeUndefined()
  expect(whatIfOf({ what: 'add', cell: 'c5', jurisdiction: 'eu' })).toEqual({
    what: 'add',
    cellId: 'c5',
    change: { weight: 1, jurisdiction: 'eu' },
  })
  expect(whatIfOf({ what: 'all', jurisdiction: 'eu' })).toEqual({ what: 'all', target: { jurisdiction: 'eu' } })
  expect(whatIfOf({ what: 'all', jurisdiction: 'moon' })).toBeUndefined()
  expect(whatIfOf({ what: 'all', to: 'c2' })).toEqual({ what: 'all', target: { to: 'c2' } })
})

test('[RM4] who is no operator is offered what moves his own stores', () => {
  expect(kinds.filter((kind) => !isOfOperators(kind))).toEqual(['move', 'pin', 'unpin', 'all'])
})
