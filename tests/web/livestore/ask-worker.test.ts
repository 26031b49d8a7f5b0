import { afterEach, expect, test, vi } from 'vitest'
import { askWorker } from '#web/livestore/hydration/ask-worker.ts'
import { makeTurns } from '#web/livestore/hydration/turns.ts'

/** Says nothing by itself. Threads are no part of this environment. */
class SilentWorker extends EventTarget {
  readonly heard: unknown[] = []
  isEnded = false
  constructor() {
    super()
    workers.push(this)
  }
  postMessage(said: unknown) {
    this.heard.push(said)
  }
  terminate() {
    this.isEnded = true
  }
}

const workers: SilentWorker[] = []

afterEach(() => {
  workers.length = 0
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

const setUp = () => {
  vi.stubGlobal('Worker', SilentWorker)
  vi.useFakeTimers()
  const turns = makeTurns()
  const begin = (storeId: string) => {
    const left = new AbortController()
    const waits: boolean[] = []
    const outcome = askWorker(
      'remakeState',
      { storeId },
      {
        onProgress: () => undefined,
        signal: left.signal,
        joinTurns: (onTurn) =>
          turns.join(storeId, (isFirst) => {
            waits.push(!isFirst)
            onTurn(isFirst)
          }),
      },
    )
    return { outcome, waits, stop: () => left.abort('stopped') }
  }
  return { turns, begin }
}

const longAfter = () => vi.advanceTimersByTimeAsync(3_600_000)

test('[HY23] a store that waits for another one is told so, and is not taken for silent until it is its turn', async () => {
  const { begin } = setUp()
  const [ada, boris] = [begin('persona_ada'), begin('persona_boris')]
  const [first, second] = workers
  expect(first?.heard).toContainEqual({ isFirst: true })
  expect(second?.heard[0]).toEqual({ isFirst: false }) // before it is asked for anything
  for (let pages = 0; pages < 10; pages++) {
    vi.advanceTimersByTime(59_000)
    first?.dispatchEvent(new MessageEvent('message', { data: { done: pages, of: 10 } }))
  }
  expect([first, second].map((worker) => worker?.isEnded)).toEqual([false, false])

  await longAfter()
  expect(await ada.outcome).toEqual({ reason: 'it fell silent' })
  expect(first?.isEnded).toBe(true)
  expect(boris.waits.at(-1)).toBe(false)
  expect(second?.heard.at(-1)).toEqual({ isFirst: true })
  expect(await boris.outcome).toEqual({ reason: 'it fell silent' }) // its own silence began with its turn
})

test('[HY23] a store that waits can be stopped, and so can the one that goes on', async () => {
  const { turns, begin } = setUp()
  const [ada, boris, cem] = [begin('persona_ada'), begin('persona_boris'), begin('persona_cem')]
  turns.goFirst('persona_cem')
  expect([ada, boris, cem].map(({ waits }) => waits.at(-1))).toEqual([true, true, false])
  ada.stop()
  expect(await ada.outcome).toEqual({ reason: 'stopped' })
  expect([boris, cem].map(({ waits }) => waits.at(-1))).toEqual([true, false])
  cem.stop()
  expect(await cem.outcome).toEqual({ reason: 'stopped' })
  expect(boris.waits.at(-1)).toBe(false)
  boris.stop()
  await boris.outcome
  expect(workers.every(({ isEnded }) => isEnded)).toBe(true)
})
