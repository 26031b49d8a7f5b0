import type { World } from '#web/services/models/endpoint.ts'

/** A world in which time passes when the test says. */
export const newWorld = (over: Partial<World> = {}) => {
  const timers = new Set<() => void>()
  const world: World = {
    fetch,
    after: (_, run) => {
      timers.add(run)
      return () => timers.delete(run)
    },
    isOnline: () => true,
    origin: 'http://127.0.0.1:4000',
    now: () => 0,
    ...over,
  }
  const letTimePass = () => {
    for (const run of Array.from(timers)) run() // they may begin others
  }
  return { world, timers, letTimePass }
}
