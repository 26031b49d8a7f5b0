/** What search compares: compatibility forms joined, case folded. Never shown. */
export const searchTextOf = (text: string): string => text.normalize('NFKC').toLowerCase()

/** The first line's worth of a text, for lists. */
export const previewOf = (text: string, length = 160): string => {
  const line = text
    .slice(0, length * 4)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`
}

/** Length as a person counts it: code points, so that an emoji is not two. */
export const characterCount = (text: string): number => {
  let count = 0
  for (const _ of text) count++
  return count
}
