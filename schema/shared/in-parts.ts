import { byteCount } from './text.ts'

/**
 * Rows as coarse facts carry them: less than 100 kB of JSON together, and a longer row alone. Far below the 900 kB that can
 * be synced: every device decodes a fact in one go on the thread that paints, and 100 kB of messages take some 50 ms.
 */
export function* inParts<Row>(rows: Iterable<Row>): Generator<readonly Row[]> {
  let [part, bytes]: [Row[], number] = [[], 0]
  for (const row of rows) {
    // Encoded, a row is its JSON: of what is in it, only times are no plain values, and those are texts in both.
    const size = byteCount(JSON.stringify(row)) + 1
    if (part.length > 0 && bytes + size > partBytes) {
      yield part
      ;[part, bytes] = [[], 0]
    }
    part.push(row)
    bytes += size
  }
  if (part.length > 0) yield part
}

const partBytes = 95_000
