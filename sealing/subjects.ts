/**
 * What an event is about: the unit of forgetting. Events about one subject share a key, and with the key they are erased.
 *
 * `own`: it tells of many at once, such as a batch of an import, and has a key for itself alone.
 */
export const subjectOf = (args: unknown): string | typeof own => {
  if (typeof args !== 'object' || args === null) return theStore
  if (['memories', 'messages', 'conversations'].some((rows) => rows in args)) return own
  for (const id of ['memoryId', 'conversationId', 'personaId'] as const) {
    const value = (args as Record<string, unknown>)[id] // any object may be asked for any name
    if (typeof value === 'string') return `${id} ${value}`
  }
  return theStore
}

export const own = Symbol('a subject of its own')

/** What is about none of the things in it. */
export const theStore = 'store'
