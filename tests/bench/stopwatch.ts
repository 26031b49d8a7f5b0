/** What every measured page has: how long until a thing is really on the screen. */
export interface Stopwatch {
  /** Once the condition holds in the document and that was painted: the time then, as `performance.now()` has it. */
  readonly shown: (isThere: () => boolean) => Promise<number>
  /** Milliseconds of the longest task since `watchTasks`, 0 if none took over 50. */
  readonly watchTasks: () => void
  readonly longestTask: () => number
}

declare global {
  var stopwatch: Stopwatch
}

/** Runs in the page, before anything of its own. */
export const installStopwatch = () => {
  let longest = 0
  const painted = () =>
    new Promise<number>((resolve) =>
      requestAnimationFrame(() => {
        // A message is delivered after the frame that was just begun has been painted.
        const { port1, port2 } = new MessageChannel()
        port1.addEventListener('message', () => resolve(performance.now()))
        port1.start()
        port2.postMessage(null)
      }),
    )
  const until = (isThere: () => boolean) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (!isThere()) return
        observer.disconnect()
        resolve()
      }
      const observer = new MutationObserver(check)
      observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true })
      check()
    })
  globalThis.stopwatch = {
    shown: async (isThere) => {
      await until(isThere)
      return painted()
    },
    watchTasks: () => {
      longest = 0
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) longest = Math.max(longest, duration)
      }).observe({ type: 'longtask' })
    },
    longestTask: () => longest,
  }
}
