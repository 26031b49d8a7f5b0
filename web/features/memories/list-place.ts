/**
 * The list knows every id in order, and the rows of one window of them:
 *
 *   ids     0 ········ start ▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓ start+windowSize ········ n
 *   seen                        first ▒▒▒▒ last
 *
 * The window moves in steps, so that scrolling within it asks nothing.
 */
export const windowSize = 150
const step = 50

/** Where the window starts that holds the rows seen, with at least 50 to spare before them and half a screen after. */
export const windowStart = (first: number): number => Math.max(0, Math.floor((first - step) / step) * step)

/** What the keyboard is on: a memory, and where it stood when it was last seen. */
export interface Cursor {
  readonly memoryId: string
  readonly index: number
}

/** Where the cursor stands now; what took its place when it is gone; -1 when there is nothing. */
export const placeOf = (ids: readonly string[], cursor: Cursor | null): number => {
  if (cursor === null) return -1
  if (ids[cursor.index] === cursor.memoryId) return cursor.index
  const moved = ids.indexOf(cursor.memoryId)
  return moved === -1 ? Math.min(cursor.index, ids.length - 1) : moved
}

export const cursorAt = (ids: readonly string[], index: number): Cursor | null => {
  const place = Math.max(0, Math.min(index, ids.length - 1))
  const memoryId = ids[place]
  return memoryId === undefined ? null : { memoryId, index: place }
}
