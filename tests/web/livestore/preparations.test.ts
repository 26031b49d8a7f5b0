import { expect, test, vi } from 'vitest'
import { tellPreparation, untilPrepared } from '#web/livestore/hydration/preparations.ts'

test('[HY19] what can wait does so until the files of every store are made', async () => {
  const [stop, then] = [vi.fn<() => void>(), vi.fn<() => void>()]
  await untilPrepared()
  tellPreparation('persona_ada', { due: 'hydrate', done: 0, of: 0, isWaiting: false, stop })
  tellPreparation('persona_boris', { due: 'hydrate', done: 0, of: 0, isWaiting: true, stop })
  const over = untilPrepared().then(then)
  tellPreparation('persona_ada', undefined)
  await Promise.resolve()
  expect(then).not.toHaveBeenCalled()
  tellPreparation('persona_boris', undefined)
  await over
  expect(then).toHaveBeenCalledOnce()
})
