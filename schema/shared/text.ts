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

/** Length as the wire counts it: bytes of UTF-8. */
export const byteCount = (text: string): number => {
  let count = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    count += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return count
}

/** Length as a person counts it: code points, so that an emoji is not two. */
export const characterCount = (text: string): number => {
  let count = 0
  for (const _ of text) count++
  return count
}
