import { expect, test } from 'vitest'
import { makeDepartures } from '#web/features/proposals/departures.ts'

test('[PP33] who leaves a chat and is back within a second did not leave it: a view that is made anew asks nobody', () => {
  const due = new Set<() => void>()
  const { stay, leave } = makeDepartures((run) => {
    due.add(run)
    return () => due.delete(run)
  })
  const left: string[] = []
  const aSecondLater = () => {
    for (const run of due) {
      due.delete(run)
      run()
    }
  }
  stay('a')
  leave('a', () => left.push('a'))
  stay('a')
  aSecondLater()
  expect(left).toEqual([])
  leave('a', () => left.push('once'))
  leave('b', () => left.push('b'))
  leave('a', () => left.push('a'))
  aSecondLater()
  aSecondLater()
  expect(left).toEqual(['b', 'a'])
})
