/** What search compares: compatibility forms joined, case folded. Never shown. */
export const searchTextOf = (text: string): string => text.normalize('NFKC').toLowerCase()

/** The first line's worth of a text, for lists. */
export const previewOf = (text: string, length = 160): string => {
  const start = text.slice(0, length * 4)
  const line = (/[^\S ]| {2}/.test(start) ? start.replace(/\s+/g, ' ') : start).trim()
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`
}

/** Length as the wire counts it: bytes of UTF-8. */
export const byteCount = (text: string): number => {
  let count = text.length
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    // Each half of a pair counts two, and half a pair alone becomes a replacement character of three.
    if (code >= 0x800) count += isHalfOfPair(text, at) ? 1 : 2
    else if (code >= 0x80) count++
  }
  return count
}

/** Length as a person counts it: code points, so that an emoji is not two. */
export const characterCount = (text: string): number => {
  let count = text.length
  for (let at = 1; at < text.length; at++) if (isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1))) count--
  return count
}

const isHigh = (code: number) => code >= 0xd800 && code < 0xdc00
const isLow = (code: number) => code >= 0xdc00 && code < 0xe000

const isHalfOfPair = (text: string, at: number) =>
  isHigh(text.charCodeAt(at))
    ? isLow(text.charCodeAt(at + 1))
    : isLow(text.charCodeAt(at)) && isHigh(text.charCodeAt(at - 1))
