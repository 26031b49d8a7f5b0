import { Either, Schema } from 'effect'
import type { Beginnings, CellFact } from '#schema/placement/cell-facts.ts'
import type { Jurisdiction } from '#schema/placement/cells.ts'
import { CellOrder } from '#schema/placement/wire.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import type { Variables } from './variables.ts'

/** What this isolate read of the cells in D1. It stays the same value until there is more. */
export interface Learnt {
  readonly facts: readonly (CellFact & { readonly seq: number })[]
  readonly began: Beginnings
}

export const learnt = (): Learnt => known

/** What is not older than this is true enough to place by. */
export const isLearntFresh = (now: number): boolean => now - knownSince < freshFor

/**
 * Reads what came since. Cells that were never there before are written down with the jurisdiction they begin with; those
 * that stores are found in and nobody names began with none. What the variables say with a problem is not what they will
 * say without, so nothing begins by it.
 */
export const learn = async (
  db: D1Database,
  { cells, problem }: Variables,
  now: number,
  alsoIn: readonly string[] = [],
): Promise<void> => {
  await ensureTables(db)
  let read = await readAfter(db)
  const nameless = alsoIn.map((cellId) => ({ cellId, jurisdiction: null }))
  const beginning = [...cells, ...nameless].filter(({ cellId }) => !read.began.has(cellId))
  if (problem === null && beginning.length > 0) {
    await db.batch(beginning.map(({ cellId, jurisdiction }) => begin(db, cellId, jurisdiction)))
    read = await readAfter(db)
  }
  const last = known.facts.at(-1)?.seq ?? 0
  const more = read.facts.filter(({ seq }) => seq > last) // another request may have read them meanwhile
  if (more.length > 0 || read.began.size > known.began.size)
    known = {
      facts: [...known.facts, ...more],
      began: read.began.size > known.began.size ? read.began : known.began, // none is ever taken away
    }
  knownSince = Math.max(knownSince, now)
}

/** Only the first time counts. */
export const begin = (db: D1Database, cellId: string, jurisdiction: Jurisdiction | null): D1PreparedStatement =>
  db.prepare('INSERT OR IGNORE INTO cells (cellId, jurisdiction) VALUES (?, ?)').bind(cellId, jurisdiction)

let known: Learnt = { facts: [], began: new Map() }
let knownSince = Number.NEGATIVE_INFINITY
const freshFor = 3000

const readAfter = async (db: D1Database): Promise<Learnt> => {
  const [changes, cells] = await db.batch([
    db
      .prepare('SELECT seq, cellId, kind, change FROM cellChanges WHERE seq > ? ORDER BY seq')
      .bind(known.facts.at(-1)?.seq ?? 0),
    db.prepare('SELECT cellId, jurisdiction FROM cells'),
  ])
  const rows = (changes?.results ?? []) as ChangeRow[] // what the statement selects
  const beginnings = (cells?.results ?? []) as { cellId: string; jurisdiction: Jurisdiction | null }[] // the same
  return {
    facts: rows.map(({ seq, cellId, kind, change }) => ({ seq, cellId, kind, change: orderIn(change) })),
    began: new Map(beginnings.map(({ cellId, jurisdiction }) => [cellId, jurisdiction])),
  }
}

/** One that a later version wrote, and this one cannot read, changes nothing. */
export const orderIn = (text: string): CellOrder =>
  Either.getOrElse(Schema.decodeUnknownEither(Schema.parseJson(CellOrder))(text), () => ({}))

interface ChangeRow {
  readonly seq: number
  readonly cellId: string
  readonly kind: CellFact['kind']
  readonly change: string
}
