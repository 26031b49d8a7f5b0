import { personaSchema } from '#schema/stores/persona-store.ts'
import { diffByThing, diffStates, type RowDiff, type TableDiff } from '#schema/stores/state-diff.ts'
import { parsed } from './arguments.ts'
import { eventNumber, historyOf } from './bundle-history.ts'
import { oneBundle, openedBundle } from './opened-bundle.ts'
import { openedByFrom, openingOptions } from './passphrase.ts'
import { Problem } from './problem.ts'
import { openSqlite } from './sqlite.ts'

/** What changed from the state after one event to that after another, forwards or backwards. */
export const diffCommand = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parsed(args, { json: { type: 'boolean', default: false }, ...openingOptions })
  const [path, from, to, ...others] = positionals
  if (from === undefined || to === undefined || others.length > 0)
    throw new Problem('Name a bundle and two events: diff X.persona 120 180', 'usage')
  const opened = await openedBundle(oneBundle(path === undefined ? [] : [path]), () => openedByFrom(values))
  const openDatabase = await openSqlite()
  const history = await historyOf(opened, openDatabase)
  const stateAt = (n: number) => {
    const past = history.stateAt(n)
    const file = past.db.serialize()
    past.close()
    return file
  }
  const [n, m] = [eventNumber(from, history), eventNumber(to, history)]
  const limit = values.json ? Number.MAX_SAFE_INTEGER : 50
  const tables = diffStates({ schema: personaSchema, openDatabase, before: stateAt(n), after: stateAt(m), limit })
  if (values.json) console.log(JSON.stringify({ from: n, to: m, tables, things: diffByThing(tables) }))
  else console.log(reportOf(n, m, tables))
  return 0
}

const reportOf = (n: number, m: number, tables: readonly TableDiff[]): string =>
  [
    tables.length === 0 ? `Nothing changed from event ${n} to event ${m}.` : `From event ${n} to event ${m}:`,
    ...tables.map(
      ({ table, added, changed, removed }) => `  ${table}: ${added} added, ${changed} changed, ${removed} removed`,
    ),
    ...diffByThing(tables).flatMap(({ kind, id, change, rows }) => [
      `${change} ${kind} ${id}`,
      ...rows.flatMap(columnsOf),
    ]),
    ...(tables.some(({ added, changed, removed, rows }) => added + changed + removed > rows.length)
      ? ['… and more; --json lists all.']
      : []),
  ].join('\n')

const columnsOf = ({ table, columns }: RowDiff) =>
  columns
    .filter(({ before, after }) => before !== after)
    .map(({ column, before, after }) => `    ${table}.${column}: ${shortly(before)} → ${shortly(after)}`)

const shortly = (value: unknown): string => {
  const text = value instanceof Uint8Array ? `${value.length} bytes` : (JSON.stringify(value) ?? 'nothing')
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`
}
