/** Whether an error, or anything it was caused by, carries the tag. The engine wraps what happened several times. */
export const hasTag = (error: unknown, tag: string): boolean => {
  if (typeof error !== 'object' || error === null) return false
  if ('_tag' in error && error._tag === tag) return true
  return ['cause', 'error', 'defect', 'left', 'right'].some(
    (key) => key in error && hasTag((error as Record<string, unknown>)[key], tag), // the key was just seen
  )
}

/** What SQLite says when the browser lets it write no more: mostly an error of the disk, seldom that it is full. */
const isDiskError = (error: unknown) => /disk I\/O error|disk is full|quota/i.test(textOf(error))

const textOf = (error: unknown): string =>
  error instanceof Error ? `${error.name} ${error.message} ${textOf(error.cause)}` : JSON.stringify(error ?? '')

/** One sentence of what went wrong, for the person. */
export const sentenceOf = (error: unknown): string => {
  if (hasTag(error, 'BackendIdMismatchError')) return 'The server has another log than the one this device knows.'
  if (isDiskError(error))
    return 'This device could not keep it: it has no room left, or its disk fails. What you wrote is kept in this page; free some space, then try again.'
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n')[0]?.slice(0, 300) ?? text
}
