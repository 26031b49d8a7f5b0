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
