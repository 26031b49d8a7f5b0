import type { AskOf } from '#web/services/worker-calls.ts'
import type { Cell } from './cells.ts'
import type { Narrowing, PageEnd } from './pages.ts'
import type { Table } from './tables.ts'

// What the page and the worker that holds the copy of a database say to each other.

export interface CellRow {
  readonly rowid: number
  readonly cells: readonly Cell[]
}

/** One row with everything in it: null stands for nothing. */
export type WholeRow = readonly {
  readonly column: string
  readonly text: string | null
  readonly bytes: number | null
}[]

export interface AnswerPage {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  readonly hasMore: boolean
}

export type FileFormat = 'csv' | 'json'

/** Either all rows that a narrowing of a table finds, or all that a question answers. */
export type FileAsked = { readonly format: FileFormat } & ({ readonly narrowing: Narrowing } | { readonly sql: string })

export interface ExplorerCalls {
  readonly open: readonly [asked: { readonly file: Uint8Array }, answer: readonly Table[]]
  readonly page: readonly [
    asked: { readonly narrowing: Narrowing; readonly after: PageEnd | null; readonly limit: number },
    answer: { readonly rows: readonly CellRow[]; readonly end: PageEnd | null },
  ]
  readonly count: readonly [asked: { readonly narrowing: Narrowing }, answer: number]
  readonly row: readonly [asked: { readonly table: string; readonly rowid: number }, answer: WholeRow | null]
  /** SQLite's number of the row whose column says so. */
  readonly find: readonly [
    asked: { readonly table: string; readonly column: string; readonly value: string },
    answer: number | null,
  ]
  readonly question: readonly [asked: { readonly sql: string }, answer: AnswerPage]
  /** What follows of the question that was asked last. */
  readonly more: readonly [asked: null, answer: AnswerPage]
  /** A row of that answer, by its place. */
  readonly answerRow: readonly [asked: { readonly place: number }, answer: WholeRow | null]
  readonly file: readonly [asked: FileAsked, answer: Uint8Array<ArrayBuffer>]
}

export type Ask = AskOf<ExplorerCalls>
