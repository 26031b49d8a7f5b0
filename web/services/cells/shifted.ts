import type { PlanSaid } from '#schema/placement/wire.ts'

/** Of a cell. */
export type Load = Omit<PlanSaid['before'][number], 'records'>

/** What stands where once these moves are done. */
export const shifted = (
  before: readonly Load[],
  moves: readonly { readonly from: string; readonly to: string; readonly bytes: number }[],
): readonly Load[] =>
  before.map(({ cellId, stores, bytes }) => {
    const [come, go] = [moves.filter(({ to }) => to === cellId), moves.filter(({ from }) => from === cellId)]
    return {
      cellId,
      stores: stores + come.length - go.length,
      bytes: Math.max(0, bytes + sumOfBytes(come) - sumOfBytes(go)),
    }
  })

const sumOfBytes = (moves: readonly { readonly bytes: number }[]) => moves.reduce((sum, { bytes }) => sum + bytes, 0)
