import { expect, test } from 'vitest'
import { makeWatch } from '#web/services/cells/watch.ts'

/** A clock that is told when it is time, and says how long it was asked to wait. */
const makeClock = () => {
  const due: { readonly ms: number; readonly run: () => void; isOff: boolean }[] = []
  return {
    after: (ms: number, run: () => void) => {
      const timer = { ms, run, isOff: false }
      due.push(timer)
      return () => {
        timer.isOff = true
      }
    },
    waiting: () => due.filter(({ isOff }) => !isOff),
    strike: () => {
      const timer = due.find(({ isOff }) => !isOff)
      if (timer === undefined) return
      timer.isOff = true
      timer.run()
    },
  }
}

test('[RM7] the server is asked each second while something moves, else every ten, and by nobody who does not look', async () => {
  const clock = makeClock()
  let running = 0
  let asked = 0
  const watch = makeWatch({
    load: async () => {
      asked++
      return running
    },
    pause: (value) => (value === 0 ? 10_000 : 1000),
    after: clock.after,
  })
  expect(asked).toBe(0)
  const leave = watch.subscribe(() => undefined)
  await watch.ask()
  expect(clock.waiting().map(({ ms }) => ms)).toEqual([10_000])
  running = 2
  clock.strike()
  await watch.ask()
  expect(clock.waiting().map(({ ms }) => ms)).toEqual([1000])
  leave()
  expect(clock.waiting()).toEqual([])
  const before = asked
  await watch.ask() // after an act, though nobody looks
  expect(asked).toBe(before + 1)
  expect(clock.waiting()).toEqual([])
})

test('[RM7] what is asked after an act is told after what was asked before it', async () => {
  const answers = [newAnswer(), newAnswer()]
  let asked = 0
  const watch = makeWatch({ load: () => answers[asked++]?.promise ?? Promise.resolve('late'), pause: () => 1000 })
  const first = watch.ask()
  const second = watch.ask()
  answers[1]?.resolve('after')
  answers[0]?.resolve('before')
  await first
  expect(watch.told().value).toBe('before')
  await second
  expect(watch.told().value).toBe('after')
})

test('[RM8] a server that falls silent leaves what it told, and says why', async () => {
  const answers: (string | Error)[] = ['told', new Error('The server does not answer.'), 'again']
  const watch = makeWatch({ load: async () => answers.shift() ?? 'end', pause: () => 1000 })
  await watch.ask()
  await watch.ask()
  expect(watch.told().value).toBe('told')
  expect(watch.told().problem?.message).toBe('The server does not answer.')
  await watch.ask()
  expect(watch.told()).toEqual({ value: 'again', problem: undefined })
})

const newAnswer = () => {
  let resolve: (answer: string) => void = () => undefined
  const promise = new Promise<string>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}
