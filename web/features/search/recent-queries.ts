import { session } from '#web/livestore/session.ts'

/** What was looked for on this device, the latest first: its own affair, so it stays out of the log. */
const key = `pjai.recentQueries.${session.workspaceId}`
const limit = 8

const read = (): readonly string[] => {
  const found: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
  return Array.isArray(found) ? found.filter((query) => typeof query === 'string') : []
}

let recent = read()
const listeners = new Set<() => void>()

export const recentQueries = (): readonly string[] => recent

export const subscribeToRecentQueries = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const rememberQuery = (typed: string) => {
  if (typed !== '' && typed !== recent[0]) keep([typed, ...recent.filter((query) => query !== typed)].slice(0, limit))
}

export const forgetQueries = () => keep([])

const keep = (queries: readonly string[]) => {
  recent = queries
  if (queries.length === 0) localStorage.removeItem(key)
  else localStorage.setItem(key, JSON.stringify(queries))
  for (const listener of listeners) listener()
}
