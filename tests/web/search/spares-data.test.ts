import { expect, test } from 'vitest'
import { sparesData } from '#web/services/search/spares-data.ts'

test('[SF10] data is spared where the browser says so, and not where it says nothing', () => {
  expect(sparesData({ connection: { saveData: true } })).toBe(true)
  expect(sparesData({ connection: { saveData: false } })).toBe(false)
  expect(sparesData({ connection: null })).toBe(false)
  expect(sparesData({})).toBe(false)
})
