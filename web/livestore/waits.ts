import type { Wait } from '#schema/health/waits.ts'

type Timeless<W> = W extends Wait ? Omit<W, 'endedAgoMs'> : never
export type NotedWait = Timeless<Wait>

/** `endedAt`: on this page’s own clock. */
type Follower = (wait: NotedWait, endedAt: number) => void

let follower: Follower | undefined
let early: Parameters<Follower>[] = []

/** Somebody waited until now. Whether anybody is told is decided by who follows. */
export const noteWait = (wait: NotedWait): void => {
  const endedAt = performance.now()
  if (follower !== undefined) follower(wait, endedAt)
  else if (early.length < mostEarly) early.push([wait, endedAt])
}

let hasStarted = false

/** The shell is there, on its store: once a page, of one that somebody looks at. */
export const noteStarted = (): void => {
  if (!hasStarted && !document.hidden) noteWait({ name: 'start', ms: performance.now() })
  hasStarted = true
}

/** From now on, and what was noted before anybody followed. */
export const followWaits = (next: Follower): void => {
  follower = next
  for (const noted of early) next(...noted)
  early = []
}

/** For the seconds until whoever follows is there. */
const mostEarly = 50
