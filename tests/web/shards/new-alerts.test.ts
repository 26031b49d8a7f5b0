import { expect, test } from 'vitest'
import { newAlerts } from '#web/features/shards/new-alerts.ts'

const down = { alertId: 'a1', what: 'c1 is down.' }
const slow = { alertId: 'a2', what: 'c2 is slow.' }

test('[RM10] what was open when somebody came is in the header alone, and what opens meanwhile is told once', () => {
  expect(newAlerts(undefined, [down])).toEqual([])
  expect(newAlerts(new Set(['a1']), [down, slow])).toEqual([slow])
  expect(newAlerts(new Set(['a1', 'a2']), [down, slow])).toEqual([])
  expect(newAlerts(new Set(), [])).toEqual([])
})
