/** SQLite's own functions to put a file into its memory and open it there, as every module of it has them. */
export interface SqliteMemory {
  readonly HEAPU8: Uint8Array
  _sqlite3_malloc(bytes: number): number
  _sqlite3_free(address: number): void
  /** 64 bits are two numbers, the lower first. LiveStore's own `deserialize` passes them as one each, and what it opens cannot grow. */
  _sqlite3_deserialize(
    db: number,
    schema: number,
    file: number,
    bytes: number,
    bytesHigh: number,
    room: number,
    roomHigh: number,
    flags: number,
  ): number
}

/** The memory of a file is freed with its database. */
export const freeOnClose = 1
export const resizeable = 2
export const readOnly = 4

/** What a step answers that found a row. */
export const hasRow = 100
