import type { Jurisdiction } from '#schema/placement/cells.ts'
import type { CellOrder, PlannedMoveSaid } from '#schema/placement/wire.ts'
import { ServerRefused } from '#web/services/server.ts'
import { accountMoves, carryOut, changeCell, measuredMove, pin, planned, startMove, unpin } from './placement-calls.ts'
import { type Load, shifted } from './shifted.ts'

/** What could be done to where stores stand. */
export type WhatIf = CellChange<'add'> | CellChange<'weight'> | Drain | StoreTo<'move'> | StoreTo<'pin'> | Unpin | All

interface CellChange<What> {
  readonly what: What
  readonly cellId: string
  readonly change: CellOrder
}
interface StoreTo<What> {
  readonly what: What
  readonly storeId: string
  readonly to: string
}
interface Drain {
  readonly what: 'drain'
  readonly cellId: string
}
interface Unpin {
  readonly what: 'unpin'
  readonly storeId: string
}
interface All {
  readonly what: 'all'
  readonly target: { readonly to: string } | { readonly jurisdiction: Jurisdiction }
}

export interface Plan {
  readonly moves: readonly PlannedMoveSaid[]
  readonly before: readonly Load[]
  readonly after: readonly Load[]
}

/** What would move, and what would stand where then; nothing does. `before`: what stands where now. */
export const dryRun = async (asked: WhatIf, before: readonly Load[]): Promise<Plan | Error> => {
  if (asked.what === 'add' || asked.what === 'weight')
    return planned({ cells: [{ cellId: asked.cellId, ...asked.change }] })
  if (asked.what === 'drain') return planned({ drain: asked.cellId })
  const moves = await movesOf(asked)
  return moves instanceof Error ? moves : { moves, before, after: shifted(before, moves) }
}

const movesOf = async (
  asked: StoreTo<'move'> | StoreTo<'pin'> | Unpin | All,
): Promise<readonly PlannedMoveSaid[] | Error> => {
  if (asked.what === 'unpin') return []
  if (asked.what === 'all') {
    const answer = await accountMoves({ ...asked.target, dryRun: true })
    return answer instanceof Error ? answer : answer.moves
  }
  const { storeId, to, what } = asked
  const move = await measuredMove(storeId, to)
  if (move instanceof ServerRefused && move.code === 'StoreIsThere' && what === 'pin') return []
  return move instanceof Error ? move : [{ storeId, ...move, why: 'You say so.' }]
}

/** Does what was planned. What moves then waits for its turn, or goes at once. */
export const carry = async (asked: WhatIf, { moves }: Plan): Promise<Error | undefined> => {
  if (asked.what === 'move') return errorOf(startMove(asked.storeId, asked.to))
  if (asked.what === 'pin') return pin(asked.storeId, asked.to)
  if (asked.what === 'unpin') return unpin(asked.storeId)
  if (asked.what === 'all') return errorOf(accountMoves(asked.target))
  const change = asked.what === 'drain' ? { draining: true } : asked.change
  const refusal = await changeCell(asked.cellId, change)
  return refusal ?? (moves.length === 0 ? undefined : errorOf(carryOut(moves)))
}

const errorOf = async (asked: Promise<unknown>): Promise<Error | undefined> => {
  const answer = await asked
  return answer instanceof Error ? answer : undefined
}
