import {
  AccountMovesSaid,
  type AccountOrder,
  CellChangesSaid,
  type CellOrder,
  CellsSaid,
  MoveDaysSaid,
  MoveSaid,
  MovesSaid,
  type PlacementSaid,
  PlacementsSaid,
  type PlanOrder,
  PlanSaid,
  type Policy,
  PolicyChangesSaid,
  RebalanceSaid,
} from '#schema/placement/wire.ts'
import { call, order } from './call.ts'

export type Move = MovesSaid['moves'][number]

export const cells = () => call(CellsSaid, 'GET', 'cells')
export const cellChanges = () => call(CellChangesSaid, 'GET', 'cells/changes')
export const changeCell = (cellId: string, change: CellOrder) => order('PUT', `cells/${cellId}`, change)
export const removeCell = (cellId: string) => order('DELETE', `cells/${cellId}`)

/** Page after page; as many as a picture can show. */
export const placements = async (): Promise<readonly PlacementSaid[] | Error> => {
  const all: PlacementSaid[] = []
  let after = ''
  do {
    const page = await call(PlacementsSaid, 'GET', `placements${after && `?after=${after}`}`)
    if (page instanceof Error) return page
    all.push(...page.placements)
    after = page.next ?? ''
  } while (after !== '' && all.length < mostShown)
  return all
}

const mostShown = 5000

export const moveDays = (after: string) => call(MoveDaysSaid, 'GET', `moves/days?after=${after}`)
export const moves = () => call(MovesSaid, 'GET', 'moves')

/** What would go where. */
export const planned = (asked: PlanOrder) => call(PlanSaid, 'POST', 'rebalance/plan', asked)
export const accountMoves = (asked: AccountOrder) => call(AccountMovesSaid, 'POST', 'account/moves', asked)
export const measuredMove = (storeId: string, to: string) =>
  call(MoveSaid.pick('from', 'to', 'events', 'bytes'), 'POST', `stores/${storeId}/moves`, { to, dryRun: true })

export const startMove = (storeId: string, to: string) => call(MoveSaid, 'POST', `stores/${storeId}/moves`, { to })
export const rollBack = (storeId: string, moveId: string) => order('DELETE', `stores/${storeId}/moves/${moveId}`)

export const pin = (storeId: string, cellId: string) => order('PUT', `stores/${storeId}/pin`, { cellId })
export const unpin = (storeId: string) => order('DELETE', `stores/${storeId}/pin`)

export const rebalance = () => call(RebalanceSaid, 'GET', 'rebalance')
export const policyChanges = () => call(PolicyChangesSaid, 'GET', 'rebalance/changes')
export const changePolicy = (policy: Policy) => order('PUT', 'rebalance/policy', policy)
/** Looks now. Moves what is suggested, or else what is named. */
export const look = () => call(RebalanceSaid, 'POST', 'rebalance/runs', { act: false })
export const carryOut = async (
  ordered: readonly { readonly storeId: string; readonly to: string }[],
): Promise<RebalanceSaid | Error> => {
  const moves = ordered.slice(0, mostAtOnce).map(({ storeId, to }) => ({ storeId, to }))
  const answer = await call(RebalanceSaid, 'POST', 'rebalance/runs', { act: true, moves })
  return answer instanceof Error || ordered.length <= mostAtOnce ? answer : carryOut(ordered.slice(mostAtOnce))
}

/** That the server takes in one call. */
const mostAtOnce = 500
