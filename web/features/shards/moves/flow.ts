import type { Move } from '#web/services/cells/placement-calls.ts'
import { hasCutOver, isUnderWay, partOf } from './steps.ts'

/** A cell as a column of what stands in it, and what is on its way. */
export interface FlowColumn {
  readonly cellId: string
  readonly bytes: number
  /** Of those bytes: what is copied elsewhere already, and goes once that is cut over to. */
  readonly leaving: number
  /** Beside those bytes: what is copied here already, and counts once it is cut over to. */
  readonly arriving: number
}

export interface Flow {
  readonly moveId: string
  readonly from: string
  readonly to: string
  readonly bytes: number
}

/** Cells that nothing is in and nothing goes to are columns too: they are what can be gone to. */
export const flowOf = (
  cells: readonly { readonly cellId: string; readonly bytes: number }[],
  moves: readonly Move[],
): { readonly columns: readonly FlowColumn[]; readonly flows: readonly Flow[] } => {
  const running = moves.filter(isUnderWay)
  const copied = running.filter((move) => !hasCutOver(move))
  const sum = (of: readonly Move[]) => of.reduce((total, move) => total + move.bytes * partOf(move), 0)
  return {
    columns: cells.map(({ cellId, bytes }) => ({
      cellId,
      bytes,
      leaving: Math.min(bytes, sum(copied.filter(({ from }) => from === cellId))),
      arriving: sum(copied.filter(({ to }) => to === cellId)),
    })),
    flows: running.map(({ moveId, from, to, bytes }) => ({ moveId, from, to, bytes })),
  }
}

/** What stands where before and after these moves. */
export const shifted = (
  before: readonly { readonly cellId: string; readonly stores: number; readonly bytes: number }[],
  moves: readonly { readonly from: string; readonly to: string; readonly bytes: number }[],
) =>
  before.map(({ cellId, stores, bytes }) => {
    const [come, go] = [moves.filter(({ to }) => to === cellId), moves.filter(({ from }) => from === cellId)]
    const sum = (of: readonly { readonly bytes: number }[]) => of.reduce((total, move) => total + move.bytes, 0)
    return {
      cellId,
      stores: stores + come.length - go.length,
      bytes: Math.max(0, bytes + sum(come) - sum(go)),
    }
  })
