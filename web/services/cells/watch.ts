import { useSyncExternalStore } from 'react'

/** What the server said last, and why it has said nothing since. */
export interface Told<A> {
  readonly value: A | undefined
  readonly problem: Error | undefined
}

export interface Watch<A> {
  readonly told: () => Told<A>
  readonly subscribe: (listener: () => void) => () => void
  /** Asks now; resolved once that is told. */
  readonly ask: () => Promise<void>
}

interface WatchOptions<A> {
  readonly load: () => Promise<A | Error>
  /** Milliseconds until it is asked again. */
  readonly pause: (value: A | undefined) => number
  /** Returns what calls it off. */
  readonly after?: (ms: number, run: () => void) => () => void
}

/** Asks as long as somebody looks, and not while nobody sees the page. What was told stays when the server falls silent. */
export const makeWatch = <A>({ load, pause, after = afterTime }: WatchOptions<A>): Watch<A> => {
  const listeners = new Set<() => void>()
  let told: Told<A> = { value: undefined, problem: undefined }
  let asked = Promise.resolve()
  let callOff = () => {}

  const askOnce = async () => {
    const answer = await load()
    if (answer instanceof Error) told = { value: told.value, problem: answer }
    else if (told.problem !== undefined || !isSame(told.value, answer)) told = { value: answer, problem: undefined }
    for (const listener of listeners) listener()
    plan()
  }
  const plan = () => {
    callOff()
    if (listeners.size > 0) callOff = after(pause(told.value), () => (document.hidden ? plan() : void ask()))
  }
  // One after the other: what is asked after an act says what came of it.
  const ask = () => {
    asked = asked.then(askOnce)
    return asked
  }
  return {
    told: () => told,
    ask,
    subscribe: (listener) => {
      listeners.add(listener)
      if (listeners.size === 1) void ask()
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) callOff()
      }
    },
  }
}

export const useTold = <A>({ subscribe, told }: Watch<A>): Told<A> => useSyncExternalStore(subscribe, told)

/** What is the same stays the same object, and nothing is drawn again. */
const isSame = (before: unknown, after: unknown) => JSON.stringify(before) === JSON.stringify(after)

const afterTime = (ms: number, run: () => void) => {
  const timer = setTimeout(run, ms)
  return () => clearTimeout(timer)
}
