import { strFromU8 } from 'fflate'
import { FileTooLarge, NotJson } from './refusals.ts'

/** The longest text an engine holds is 2²⁹ characters. */
const jsonLimit = 500_000_000

/** JSON in UTF-8 or UTF-16, with or without a byte order mark. */
export const jsonOfBytes = (bytes: Uint8Array, where: string): { value: unknown } | NotJson | FileTooLarge => {
  if (bytes.length > jsonLimit) return new FileTooLarge({ where, limit: jsonLimit })
  const text = textOfBytes(bytes)
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return new NotJson({ where, detail: text.trim() === '' ? 'it is empty' : detailOf(error, text) })
  }
}

/** JSON as it stands in the texts of a picture or an archive. */
export const jsonOfText = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const textOfBytes = (bytes: Uint8Array): string => {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return textOfUtf16(bytes.subarray(2), 0)
  if (first === 0xfe && second === 0xff) return textOfUtf16(bytes.subarray(2), 1)
  // JSON begins with an ASCII character: a zero beside it means UTF-16 without its mark.
  if (first !== undefined && first !== 0 && second === 0) return textOfUtf16(bytes, 0)
  if (first === 0 && second !== undefined && second !== 0) return textOfUtf16(bytes, 1)
  return strFromU8(bytes).replace(/^\ufeff/, '')
}

const textOfUtf16 = (bytes: Uint8Array, high: 0 | 1): string => {
  const units = new Uint16Array(bytes.length >> 1)
  for (let index = 0; index < units.length; index++) {
    const [a = 0, b = 0] = [bytes[index * 2], bytes[index * 2 + 1]]
    units[index] = high === 1 ? (a << 8) | b : (b << 8) | a
  }
  let text = ''
  for (let start = 0; start < units.length; start += 8192) {
    text += String.fromCharCode(...units.subarray(start, start + 8192))
  }
  return text
}

/** Every engine says it in its own words, and some say where. */
const detailOf = (error: unknown, text: string) => {
  const message = error instanceof Error ? error.message : String(error)
  if (/end of JSON input|end of data|Unterminated/i.test(message)) return 'it ends too early'
  const before = text.slice(0, Number(/position (\d+)/.exec(message)?.[1] ?? 0)).split('\n')
  const [line, column] = /line (\d+) column (\d+)/.exec(message)?.slice(1) ?? [
    before.length,
    (before.at(-1) ?? '').length + 1,
  ]
  const token = /token '?(\S)/.exec(message)?.[1]
  const what = token === undefined ? 'something unexpected' : `an unexpected “${token}”`
  return /position|line \d/.test(message)
    ? `there is ${what} at line ${line}, column ${column}`
    : `there is ${what} in it`
}
