import type { World } from './endpoint.ts'

/** This browser. */
export const world: World = {
  fetch: (input, init) => fetch(input, init),
  after: (ms, run) => {
    const timer = setTimeout(run, ms)
    return () => clearTimeout(timer)
  },
  isOnline: () => navigator.onLine,
  origin: location.origin,
  now: () => Date.now(),
}
