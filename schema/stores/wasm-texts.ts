import type { SqliteMemory } from './sqlite-memory.ts'

export interface Utf8 {
  encodeInto(text: string, room: Uint8Array): { readonly written: number }
}

/** One place in SQLite's memory for the texts of one statement after the other. */
export const roomForTexts = (module: SqliteMemory, utf8: Utf8) => {
  let [start, room, next] = [0, 0, 0]
  return {
    /** For so many bytes. What was written before is written over. */
    reserve: (bytes: number) => {
      next = start
      if (bytes <= room) return
      if (start !== 0) module._sqlite3_free(start)
      room = bytes * 2
      start = module._sqlite3_malloc(room)
      next = start
      if (start !== 0) return
      room = 0
      throw new Error('out of memory')
    },
    write: (text: string): number => {
      const address = next
      const bytes = module.HEAPU8
      const written = isWritten(text, bytes, address)
        ? text.length
        : utf8.encodeInto(text, bytes.subarray(address, start + room)).written
      bytes[address + written] = 0
      next = address + written + 1
      return address
    },
  }
}

/** Ids, names and words: done before an encoder would have begun. Anything else is left to it. */
const isWritten = (text: string, bytes: Uint8Array, address: number): boolean => {
  if (text.length > 100) return false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code > 127) return false
    bytes[address + index] = code
  }
  return true
}
