import type { Wait, WaitsTold } from '#schema/health/waits.ts'
import type { NotedWait } from '#web/livestore/waits.ts'

/** Gathers waits until it is time to tell them: a few of each name, for whoever writes a lot waits as often. */
export const makeWaitTeller = (send: (told: WaitsTold) => void) => {
  let noted: { readonly wait: NotedWait; readonly endedAt: number }[] = []
  return {
    note: (wait: NotedWait, endedAt: number): void => {
      const alike = noted.filter((one) => one.wait.name === wait.name).length
      if (alike < mostAlike && wait.ms >= 0 && wait.ms < longest) noted.push({ wait, endedAt })
    },
    tell: (now: number): void => {
      const waits = noted.flatMap(({ wait, endedAt }): readonly Wait[] => {
        const endedAgoMs = Math.round(now - endedAt)
        return endedAgoMs > longest ? [] : [{ ...wait, ms: Math.round(wait.ms), endedAgoMs } as Wait] // only rounded
      })
      noted = []
      if (waits.length > 0) send({ waits })
    },
    drop: (): void => {
      noted = []
    },
  }
}

/** Of seven names: less than the server takes at once. */
const mostAlike = 14

/** Milliseconds; a device that slept meanwhile. One whose clock was set back waited less than nothing. */
const longest = 3_600_000
