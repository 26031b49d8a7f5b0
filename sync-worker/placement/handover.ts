import type { Place } from '#sync-worker/placement.ts'
import type { Away } from './away.ts'

/**
 * What an object is in a move, written in its own database, beside what it holds.
 *
 *     source   whole ──lend──► lending ──fence──► fenced ──retire──► gone      (to where: the tombstone; it stays when all else is cleaned)
 *                ▲                └──────┬─────────┘
 *                └──release── lifted ◄──lift
 *     target   empty ──receive──► arriving ──activate──► arrived ──settle──► whole
 *                                    └──abandon──► abandoned    (never used again: the next try has a higher epoch)
 *
 * `whole`, `lending`, `lifted` and `arrived` take writes, `whole` alone destroys keys: in all others the other side may hold
 * copies of them. A transition counts for its move alone and is the same when done twice; a move that was lifted or
 * abandoned can lend, fence or receive no more, however late its order comes.
 */
export const makeHandover = (sql: SqlStorage) => {
  sql.exec(`CREATE TABLE IF NOT EXISTS handover (
    one INTEGER PRIMARY KEY CHECK (one = 1), state TEXT NOT NULL, moveId TEXT NOT NULL, cellId TEXT, epoch INTEGER)`)

  const read = (): Row =>
    sql.exec<Row>('SELECT state, moveId, cellId, epoch FROM handover').toArray()[0] ?? {
      state: 'whole',
      moveId: '',
      cellId: null,
      epoch: null,
    }

  let row = read()

  const write = (state: State, moveId: string, to: Place | null = null) => {
    sql.exec(
      'INSERT OR REPLACE INTO handover VALUES (1, ?, ?, ?, ?)',
      state,
      moveId,
      to?.cellId ?? null,
      to?.epoch ?? null,
    )
    row = read()
  }

  /** From one of these states to another, or nothing if it was done already. Anything else is an order that came too late. */
  const go = (moveId: string, from: readonly State[], to: State, place?: Place) => {
    if (row.state === to && row.moveId === moveId) return
    const isTurn = from.includes(row.state) && (row.state === 'whole' ? row.moveId !== moveId : row.moveId === moveId)
    if (!isTurn) throw new Error(`Move ${moveId}: an object that is ${row.state} does not become ${to}.`)
    write(to, moveId, place)
  }

  return {
    state: (): State => row.state,

    /** What it says instead of an answer. Keys are not destroyed while another object still holds a copy of them. */
    refusalTo: (what: 'read' | 'write' | 'destroy'): Away | undefined => {
      const { state, cellId, epoch } = row
      if (state === 'gone' && cellId !== null && epoch !== null) return { away: 'moved', to: { cellId, epoch } }
      const takesWrites = state === 'whole' || state === 'lending' || state === 'lifted' || state === 'arrived'
      const isOpen = what === 'destroy' ? state === 'whole' : takesWrites || (state === 'fenced' && what === 'read')
      return isOpen ? undefined : { away: 'moving' }
    },

    lend: (moveId: string) => go(moveId, ['whole'], 'lending'),
    fence: (moveId: string) => go(moveId, row.moveId === moveId ? ['lending'] : ['whole'], 'fenced'),
    /** Also one that was never fenced, so that it can be no more. */
    lift: (moveId: string) => {
      if (row.state === 'whole' && row.moveId === moveId) return // it was lifted, and released
      go(moveId, row.moveId === moveId ? ['lending', 'fenced'] : ['whole'], 'lifted')
    },
    release: (moveId: string) => go(moveId, ['lifted'], 'whole'),
    retire: (moveId: string, to: Place) => go(moveId, ['fenced'], 'gone', to),
    receive: (moveId: string) => go(moveId, ['whole'], 'arriving'),
    activate: (moveId: string) => go(moveId, ['arriving'], 'arrived'),
    settle: (moveId: string) => go(moveId, ['arrived'], 'whole'),
    abandon: (moveId: string) => go(moveId, row.moveId === moveId ? ['arriving'] : ['whole'], 'abandoned'),
    isOf: (moveId: string, state: State): boolean => row.state === state && row.moveId === moveId,
  }
}

export type State = 'whole' | 'lending' | 'fenced' | 'lifted' | 'gone' | 'arriving' | 'arrived' | 'abandoned'

/** A type, not an interface: the runtime asks for an index. */
type Row = {
  readonly state: State
  readonly moveId: string
  readonly cellId: string | null
  readonly epoch: number | null
}
