import type { Value } from './read-only-database.ts'

/** A value as a line of a table shows it: long texts cut short, bytes told by their number. */
export type Cell = string | number | null | { readonly bytes: number }

/** As it is sent to the page: `cut` when the text goes on. */
export const cellOf = (value: Value): Cell => {
  if (value instanceof Uint8Array) return { bytes: value.length }
  if (typeof value === 'bigint') return String(value)
  return typeof value === 'string' && value.length > shown ? `${value.slice(0, shown)}…` : value
}

/** A value in full, as a text: JSON on several lines, bytes as hexadecimal. Null is no text. */
export const fullText = (value: Value): string | null => {
  if (value === null) return null
  if (value instanceof Uint8Array) return hexOf(value)
  const text = String(value)
  if (typeof value !== 'string' || !/^\s*[{[]/.test(text)) return text
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** For a file: what JSON and CSV can hold. */
export const plainOf = (value: Value): string | number | null => {
  if (value instanceof Uint8Array) return hexOf(value)
  return typeof value === 'bigint' ? String(value) : value
}

const hexOf = (bytes: Uint8Array) => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')

/** Characters; more than fit into any column. */
const shown = 200
