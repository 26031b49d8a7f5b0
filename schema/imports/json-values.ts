export type JsonObject = Readonly<Record<string, unknown>>

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const objectOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : {})

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** A text as it can be stored: SQLite ends a text at a NUL, and half an emoji is no character. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', '\ufffd') : ''

export const textsOf = (value: unknown): readonly string[] =>
  listOf(value)
    .map(textOf)
    .filter((text) => text.trim() !== '')

/** A time in seconds since 1970, as exports give it. None if it is not in the years 1 to 9999. */
export const timeOf = (seconds: unknown): Date | undefined =>
  typeof seconds === 'number' && seconds > -62_135_596_800 && seconds < 253_402_300_799
    ? new Date(Math.round(seconds * 1000))
    : undefined

/**
 * Anything from JSON, as it can be stored. What lies deeper than 60 levels goes: nobody writes that, and to walk it
 * would overflow the stack of every device it reaches.
 */
export const storable = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return textOf(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'object' || value === null) return value
  if (depth >= 60) return null
  if (Array.isArray(value)) return value.map((item) => storable(item, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [textOf(key), storable(item, depth + 1)]))
}

/** The same JSON for the same content, whatever the order of its keys. Of storable values only. */
export const canonicalJson = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) =>
    isJsonObject(item) ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1))) : item,
  )
