import { afterEach, expect, test, vi } from 'vitest'
import { tellPreparation, whenQuiet } from '#web/livestore/hydration/preparations.ts'

afterEach(() => vi.useRealTimers())

test('[HY19] what can wait does so until the files of every store are made, and a while longer', () => {
  vi.useFakeTimers()
  const [stop, work, calledOff] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()]
  const making = { due: 'hydrate', done: 0, of: 0, isWaiting: false, stop } as const
  whenQuiet(work, 1000)
  vi.advanceTimersByTime(999)
  tellPreparation('persona_ada', making)
  tellPreparation('persona_boris', { ...making, isWaiting: true })
  tellPreparation('persona_ada', undefined)
  vi.advanceTimersByTime(5000)
  expect(work).not.toHaveBeenCalled()
  const end = whenQuiet(calledOff, 1000)
  tellPreparation('persona_boris', undefined)
  vi.advanceTimersByTime(999)
  expect(work).not.toHaveBeenCalled()
  end()
  vi.advanceTimersByTime(1)
  expect(work).toHaveBeenCalledOnce()
  tellPreparation('persona_ada', making)
  tellPreparation('persona_ada', undefined)
  vi.advanceTimersByTime(5000)
  expect(work).toHaveBeenCalledOnce()
  expect(calledOff).not.toHaveBeenCalled()
})
