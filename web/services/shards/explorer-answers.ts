import { csvOf } from '#web/ui/charts/csv.ts'
import { cellOf, fullText, plainOf } from './cells.ts'
import type { Ask, ExplorerCalls, FileAsked, WholeRow } from './explorer-protocol.ts'
import { countOf, type Narrowing, pageOf } from './pages.ts'
import { type Answer, openReadOnly, type ReadOnlyDatabase, type Value } from './read-only-database.ts'
import { quoted, type Table, tablesOf } from './tables.ts'

/** Rows that a question answers at once; `more` brings the next. */
const answerLimit = 200
/** Rows that a file takes. */
const fileLimit = 100_000

/** Answers for one database after the other: each `open` takes the place of the one before. */
export const explorerAnswers = (sqlite: () => Promise<object>) => {
  let db: ReadOnlyDatabase | undefined
  let tables: readonly Table[] = []
  let answer: Answer | undefined
  const read: (readonly Value[])[] = []
  let told = 0

  const theDatabase = (): ReadOnlyDatabase => {
    if (db === undefined) throw new Error('No store is open.')
    return db
  }
  const tableOf = (name: string): Table => {
    const table = tables.find((one) => one.name === name)
    if (table === undefined) throw new Error(`This store has no table “${name}”.`)
    return table
  }
  const forget = () => {
    answer?.end()
    answer = undefined
    read.length = 0
    told = 0
  }

  const open = async ({ file }: ExplorerCalls['open'][0]): Promise<ExplorerCalls['open'][1]> => {
    const opened = openReadOnly(await sqlite(), file)
    forget()
    db?.close()
    db = opened
    tables = tablesOf(opened)
    return tables
  }

  const page = ({ narrowing, after, limit }: ExplorerCalls['page'][0]): ExplorerCalls['page'][1] => {
    const { rows, end } = pageOf(theDatabase(), tableOf(narrowing.table), narrowing, after, limit)
    return { rows: rows.map(({ rowid, values }) => ({ rowid, cells: values.map(cellOf) })), end }
  }

  const question = (sql: string): ExplorerCalls['question'][1] => {
    forget()
    answer = theDatabase().ask(sql)
    return more()
  }

  /** One row more than is shown is read, to know whether there are more. */
  const more = (): ExplorerCalls['more'][1] => {
    read.push(...(answer?.next(told + answerLimit + 1 - read.length) ?? []))
    const rows = read.slice(told, told + answerLimit)
    told += rows.length
    return { columns: answer?.columns ?? [], rows: rows.map((row) => row.map(cellOf)), hasMore: read.length > told }
  }

  const row = ({ table, rowid }: ExplorerCalls['row'][0]): WholeRow | null => {
    const { name, columns } = tableOf(table)
    const [values] = theDatabase().all(`select * from ${quoted(name)} where rowid = ?`, [rowid])
    return values === undefined
      ? null
      : wholeRow(
          columns.map((column) => column.name),
          values,
        )
  }

  const find = ({ table, column, value }: ExplorerCalls['find'][0]): number | null => {
    const { name } = tableOf(table)
    const [[rowid] = []] = theDatabase().all(`select rowid from ${quoted(name)} where ${quoted(column)} = ? limit 1`, [
      value,
    ])
    return rowid === undefined ? null : Number(rowid)
  }

  const answerRow = (place: number): WholeRow | null => {
    const values = read[place]
    return answer === undefined || values === undefined ? null : wholeRow(answer.columns, values)
  }

  const file = (asked: FileAsked): Uint8Array<ArrayBuffer> => {
    const { columns, rows } = 'sql' in asked ? allAnswers(asked.sql) : allRows(asked.narrowing)
    const plain = rows.map((row) => row.map(plainOf))
    const names = columns.map((column, place) =>
      columns.indexOf(column) === place ? column : `${column} ${place + 1}`,
    )
    const text =
      asked.format === 'csv'
        ? csvOf({ columns: names, rows: plain.map((row) => row.map((value) => value ?? '')) })
        : JSON.stringify(
            plain.map((row) => Object.fromEntries(names.map((name, place) => [name, row[place]]))),
            null,
            1,
          )
    return new TextEncoder().encode(text)
  }

  const allAnswers = (sql: string) => {
    const whole = theDatabase().ask(sql)
    const rows = whole.next(fileLimit)
    whole.end()
    return { columns: whole.columns, rows }
  }

  const allRows = (narrowing: Narrowing) => {
    const table = tableOf(narrowing.table)
    const { rows } = pageOf(theDatabase(), table, narrowing, null, fileLimit)
    return { columns: table.columns.map(({ name }) => name), rows: rows.map(({ values }) => values) }
  }

  return (ask: Ask) => {
    switch (ask.call) {
      case 'open':
        return open(ask.asked)
      case 'page':
        return page(ask.asked)
      case 'count':
        return countOf(theDatabase(), tableOf(ask.asked.narrowing.table), ask.asked.narrowing)
      case 'row':
        return row(ask.asked)
      case 'find':
        return find(ask.asked)
      case 'question':
        return question(ask.asked.sql)
      case 'more':
        return more()
      case 'answerRow':
        return answerRow(ask.asked.place)
      case 'file':
        return file(ask.asked)
    }
  }
}

const wholeRow = (columns: readonly string[], values: readonly Value[]): WholeRow =>
  columns.map((column, place) => {
    const value = values[place] ?? null
    return { column, text: fullText(value), bytes: value instanceof Uint8Array ? value.length : null }
  })
