import type { LiveStoreSchema } from '@livestore/livestore'
import type { OpenDatabase, ReplayDatabase } from './replay-database.ts'
import type { Row } from './state-hash.ts'
import { quoted, type StateTable, stateTablesOf } from './state-tables.ts'
import { placesOf, type Thing, thingOf } from './things.ts'

/** What became of the rows of one table. The counts are of all, the rows at most as many of each as were asked for. */
export interface TableDiff {
  readonly table: string
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly rows: readonly RowDiff[]
}

export interface RowDiff {
  readonly table: string
  readonly change: 'added' | 'changed' | 'removed'
  readonly thing: Thing | undefined
  readonly key: Row
  /** Of a row added or removed all its columns, with null on the other side. */
  readonly columns: readonly ColumnDiff[]
}

export interface ColumnDiff {
  readonly column: string
  readonly before: unknown
  readonly after: unknown
}

export interface DiffOptions {
  readonly schema: LiveStoreSchema
  readonly openDatabase: OpenDatabase
  /** Two states, as `serialize` gives them: of one history or of two worlds. */
  readonly before: Uint8Array
  readonly after: Uint8Array
  /** Rows of each table and change. */
  readonly limit?: number
  /** How many of each to pass over: the next page. */
  readonly offset?: number
  readonly tables?: readonly string[]
}

function* tableDiffs(options: DiffOptions): Generator<TableDiff, void> {
  const { schema, openDatabase, before, after, limit = 200, offset = 0, tables } = options
  const db = openDatabase(after, before)
  try {
    for (const table of stateTablesOf(schema)) {
      if (tables !== undefined && !tables.includes(table.name)) continue
      const diff = diffOf(db, table, limit, offset)
      if (diff.added + diff.changed + diff.removed > 0) yield diff
    }
  } finally {
    db.close()
  }
}

/** What changed from one state to another, table by table, tables without a change left out. */
export const diffStates = (options: DiffOptions): readonly TableDiff[] => [...tableDiffs(options)]

export interface ThingDiff extends Thing {
  readonly change: RowDiff['change']
  readonly rows: readonly RowDiff[]
}

/** The same by thing, as far as its rows are there: added or removed is what its own row is. */
export const diffByThing = (diffs: readonly TableDiff[]): readonly ThingDiff[] => {
  const byThing = new Map<string, { readonly thing: Thing; readonly rows: RowDiff[] }>()
  for (const row of diffs.flatMap(({ rows }) => rows)) {
    if (row.thing === undefined) continue
    const key = `${row.thing.kind} ${row.thing.id}`
    const found = byThing.get(key)
    if (found === undefined) byThing.set(key, { thing: row.thing, rows: [row] })
    else found.rows.push(row)
  }
  return [...byThing.values()].map(({ thing, rows }) => {
    const [own] = placesOf(thing.kind).names
    return { ...thing, change: rows.find(({ table }) => table === own)?.change ?? 'changed', rows }
  })
}

const diffOf = (db: ReplayDatabase, table: StateTable, limit: number, offset: number): TableDiff => {
  const { name, columns, primaryKey } = table
  const [now, then] = [`main.${quoted(name)}`, `beside.${quoted(name)}`]
  const isSame = primaryKey.map((column) => `a.${quoted(column)} is b.${quoted(column)}`).join(' and ')
  const differs = columns.map((column) => `a.${quoted(column)} is not b.${quoted(column)}`).join(' or ')
  const onlyIn = (one: string, other: string) =>
    `from ${one} a where not exists (select 1 from ${other} b where ${isSame})`
  const inBoth = `from ${now} a join ${then} b on ${isSame} where ${differs}`
  const count = (of: string) => Number(db.all(`select count(*) as count ${of}`)[0]?.count)
  const page = `order by ${primaryKey.map((column) => `a.${quoted(column)}`).join(', ')} limit ${limit} offset ${offset}`
  const alone = columns.map((column) => `a.${quoted(column)} as ${quoted(column)}`).join(', ')
  const both = columns
    .map((column, index) => `a.${quoted(column)} as "after${index}", b.${quoted(column)} as "before${index}"`)
    .join(', ')

  const rowDiff = (change: RowDiff['change'], row: Row, columns: readonly ColumnDiff[]): RowDiff => ({
    table: name,
    change,
    thing: thingOf(name, row),
    key: Object.fromEntries(primaryKey.map((column) => [column, row[column]])),
    columns,
  })
  const rowsOnlyIn = (change: 'added' | 'removed', of: string) =>
    db.all(`select ${alone} ${of} ${page}`).map((row) =>
      rowDiff(
        change,
        row,
        columns.map((column) =>
          change === 'added'
            ? { column, before: null, after: row[column] }
            : { column, before: row[column], after: null },
        ),
      ),
    )
  const changedRows = () =>
    db.all(`select ${both} ${inBoth} ${page}`).map((row) => {
      const pairs = columns.map((column, index) => ({
        column,
        before: row[`before${index}`],
        after: row[`after${index}`],
      }))
      const after = Object.fromEntries(pairs.map(({ column, after }) => [column, after]))
      return rowDiff(
        'changed',
        after,
        pairs.filter(({ before, after }) => before !== after),
      )
    })

  const [added, changed, removed] = [count(onlyIn(now, then)), count(inBoth), count(onlyIn(then, now))]
  return {
    table: name,
    added,
    changed,
    removed,
    rows: [
      ...(added > 0 ? rowsOnlyIn('added', onlyIn(now, then)) : []),
      ...(changed > 0 ? changedRows() : []),
      ...(removed > 0 ? rowsOnlyIn('removed', onlyIn(then, now)) : []),
    ],
  }
}
