/** A line of an entry: its text, which of them it is, the first being 1, and its first byte in the file. */
export interface Line {
  readonly text: string
  readonly number: number
  readonly at: number
}

/** Where a line is that cannot be read, and why. */
export class LineUnreadable extends Error {
  readonly at: number
  constructor(at: number, reason: string) {
    super(reason)
    this.at = at
  }
}

/**
 * The lines of a content that begins at byte `at`, as many at once as a piece of it has, since each wait costs as much as
 * a line; each ends with a line feed. Throws `LineUnreadable`, once those before it are given.
 */
export async function* linesOf(content: AsyncIterable<Uint8Array>, at: number): AsyncGenerator<readonly Line[], void> {
  let rest: Uint8Array = new Uint8Array()
  let [number, place] = [1, at]
  for await (const chunk of content) {
    const bytes = rest.length === 0 ? chunk : joined(rest, chunk)
    // Decoded at once, since each call costs as much as a line; where that fails, line by line tells which it is.
    const all = utf8In(bytes.subarray(0, bytes.lastIndexOf(lineFeed) + 1))
    let [start, startInAll] = [0, 0]
    const lines: Line[] = []
    for (let end = bytes.indexOf(lineFeed, rest.length); end >= 0; end = bytes.indexOf(lineFeed, start)) {
      const text =
        all === undefined ? utf8In(bytes.subarray(start, end)) : all.slice(startInAll, all.indexOf('\n', startInAll))
      if (text === undefined) {
        yield lines
        throw new LineUnreadable(place, `Line ${number} is not UTF-8.`)
      }
      lines.push({ text, number, at: place })
      place += end + 1 - start
      start = end + 1
      startInAll += text.length + 1
      number++
    }
    yield lines
    rest = bytes.slice(start) // a piece may be written over when the next one comes
    if (rest.length > maxLineBytes) throw new LineUnreadable(place, `Line ${number} is longer than any can be.`)
  }
  if (rest.length > 0) throw new LineUnreadable(place, `Line ${number} has no end.`)
}

export const utf8In = (bytes: Uint8Array): string | undefined => {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Undefined when it is no JSON, as no JSON is. */
export const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const joined = (a: Uint8Array, b: Uint8Array) => {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}

const lineFeed = 10
/** A sealed event has at most 900 kB, and JSON within JSON at most twice as many. */
const maxLineBytes = 8_000_000
