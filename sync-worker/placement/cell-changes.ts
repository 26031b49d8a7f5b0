import type { Beginnings, CellFact } from '#schema/placement/cell-facts.ts'
import type { Cell } from '#schema/placement/cells.ts'
import type { Env } from '#sync-worker/env.ts'
import type { RefusalCode } from '#sync-worker/refuse.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { currentlyConfigured } from './configured.ts'
import { begin, learnt, orderIn } from './learnt-cells.ts'

/** What is to be done with the cells as they are: a fact, nothing, or why not. */
export type Decision = (now: {
  readonly cells: readonly Cell[]
  readonly began: Beginnings
}) => CellFact | RefusalCode | undefined

/**
 * Writes down what is decided, if nothing changed since it was decided by: else it is decided again. Of a cell that is
 * removed D1 says in the same statement whether it is empty, and of one that is placed in whether it is there still, so
 * no store comes to a cell that goes.
 */
export const decideCells = async (
  env: Env,
  decision: Decision,
  byId: string,
  now: number,
): Promise<RefusalCode | undefined> => {
  for (let tries = 0; tries < 3; tries++) {
    const { cells, version } = await currentlyConfigured(env)
    const fact = decision({ cells, began: learnt().began })
    if (fact === undefined || typeof fact === 'string') return fact
    const isWritten = await write(env.DB, fact, version, byId, now)
    await currentlyConfigured(env)
    if (isWritten) return undefined
    if (fact.kind === 'removed' && (await holdsAnything(env.DB, fact.cellId))) return 'CellNotEmpty'
  }
  return 'CellsChanged'
}

export interface CellChange extends CellFact {
  readonly at: number
  readonly byId: string
}

/** The newest first. */
export const cellChangesIn = async (db: D1Database): Promise<readonly CellChange[]> => {
  await ensureTables(db)
  const { results } = await db
    .prepare('SELECT at, byId, cellId, kind, change FROM cellChanges ORDER BY seq DESC LIMIT 200')
    .all<Omit<CellChange, 'change'> & { readonly change: string }>()
  return results.map((row) => ({ ...row, change: orderIn(row.change) }))
}

const write = async (
  db: D1Database,
  { cellId, kind, change }: CellFact,
  version: number,
  byId: string,
  now: number,
): Promise<boolean> => {
  const written = db
    .prepare(
      `INSERT INTO cellChanges (seq, at, byId, cellId, kind, change) SELECT ?1, ?2, ?3, ?4, ?5, ?6
       WHERE (SELECT coalesce(max(seq), 0) FROM cellChanges) = ?1 - 1 AND (?5 <> 'removed' OR NOT ${holds('?4')})`,
    )
    .bind(version + 1, now, byId, cellId, kind, JSON.stringify(change))
  if (kind !== 'added') return (await written.run()).meta.changes === 1
  // Of two that add it with two jurisdictions the first one counts: the other is decided again.
  const [, inserted] = await db.batch([begin(db, cellId, change.jurisdiction ?? null), written])
  return inserted?.meta.changes === 1
}

const holdsAnything = async (db: D1Database, cellId: string): Promise<boolean> =>
  (await db
    .prepare(`SELECT ${holds('?1')} AS holds`)
    .bind(cellId)
    .first('holds')) === 1

/** Stores, moves under way to it, and what moves left in it and is not cleaned yet. */
const holds = (cellId: string) =>
  `(EXISTS (SELECT 1 FROM placements WHERE cellId = ${cellId})
    OR EXISTS (SELECT 1 FROM moves WHERE endedAt IS NULL AND ${cellId} IN (fromCell, toCell)))`
