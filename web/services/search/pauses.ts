/** Resolves after so many milliseconds, or at once when it is given up. */
export const pauseFor = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end)
  })

/** Resolves when the page has nothing better to do; rejects when it is given up. */
export const untilIdle = async (signal: AbortSignal) => {
  await new Promise<void>((resolve) => {
    // Not in every browser.
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 500 })
    else setTimeout(resolve)
  })
  signal.throwIfAborted()
}
