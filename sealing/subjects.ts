/**
 * What an event is about: the unit of forgetting. What is said of one subject shares a key, and with the key it is erased.
 *
 * An event that tells of many at once, such as a batch of an import, is about its persona as a whole; each of its rows is
 * about what the row describes.
 */
export const subjectOf = (args: unknown): string => {
  if (rowsIn(args) === undefined) {
    for (const id of ['memoryId', 'conversationId', 'personaId'] as const) {
      const value = fieldOf(args, id)
      if (typeof value === 'string') return subjectNamed(id, value)
    }
  }
  const personaId = fieldOf(args, 'personaId')
  return typeof personaId === 'string' ? subjectNamed('personaId', personaId) : theStore
}

export const subjectNamed = (id: 'memoryId' | 'conversationId' | 'personaId', value: string) => `${id} ${value}`

/** What is about none of the things in it. */
export const theStore = 'store'

export interface Rows {
  /** The argument that holds them. */
  readonly field: string
  readonly rows: readonly unknown[]
}

/** The rows of an event that tells of many things at once. */
export const rowsIn = (args: unknown): Rows | undefined => {
  for (const field of Object.keys(idOfRow)) {
    const rows = fieldOf(args, field)
    if (Array.isArray(rows)) return { field, rows }
  }
  return undefined
}

export const subjectOfRow = (field: string, row: unknown): string => {
  const id = idOfRow[field]
  const value = id === undefined ? undefined : fieldOf(row, id)
  return id !== undefined && typeof value === 'string' ? subjectNamed(id, value) : theStore
}

const idOfRow: Readonly<Record<string, 'memoryId' | 'conversationId'>> = {
  memories: 'memoryId',
  messages: 'conversationId',
  conversations: 'conversationId',
  proposals: 'memoryId',
}

const fieldOf = (value: unknown, field: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[field] : undefined // any object may be asked for any name
