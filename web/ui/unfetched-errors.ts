const unfetched = new WeakSet<object>()

// Vite tells of each script and style sheet that does not come, before whoever wanted it is told.
window.addEventListener('vite:preloadError', ({ payload }) => unfetched.add(payload))

/** Whether it says no more than that a part of the page could not be fetched. */
export const isUnfetched = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && unfetched.has(error)
