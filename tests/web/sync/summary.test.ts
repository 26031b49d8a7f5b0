import { expect, test } from 'vitest'
import { closedDebtsOf } from '#web/features/sync/summary.ts'

test('[SH6] what a workspace that was left owes the server is not said to be on its way', () => {
  const left = { storeId: 'workspace_left', state: 'closed', waiting: 2 }
  const closed = { storeId: 'persona_ada', state: 'closed', waiting: 3 }
  const open = { storeId: 'persona_boris', state: 'open', waiting: 4 } // which says so itself
  expect(closedDebtsOf([left, closed, open])).toBe(3)
})
