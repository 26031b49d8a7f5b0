import { expect, test } from 'vitest'
import { allSelected, extendedTo, keptIn, nothingSelected, toggled } from '#web/features/memories/selection.ts'

const order = ['a', 'b', 'c', 'd', 'e']
const chosen = (selection: typeof nothingSelected) => [...selection.ids].toSorted()

test('[MX12] Shift extends from what was chosen last, in either direction', () => {
  const anchored = toggled(nothingSelected, 'c')
  expect(chosen(extendedTo(anchored, order, 'e'))).toEqual(['c', 'd', 'e'])
  expect(chosen(extendedTo(extendedTo(anchored, order, 'e'), order, 'b'))).toEqual(['b', 'c', 'd', 'e'])
  expect(chosen(extendedTo(nothingSelected, order, 'b'))).toEqual(['b'])
  expect(chosen(toggled(anchored, 'c'))).toEqual([])
})

test('[MX13] what the filter no longer finds is no longer chosen', () => {
  const all = allSelected(order)
  expect(chosen(keptIn(all, ['b', 'e', 'z']))).toEqual(['b', 'e'])
  expect(keptIn(all, order)).toBe(all)
})
