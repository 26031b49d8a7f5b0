import { takesStores } from '#schema/placement/cells.ts'
import { moveOf, type PlannedMove } from '#schema/placement/planner.ts'
import {
  PlanOrder,
  type PlanSaid,
  Policy,
  type PolicyChangesSaid,
  type RebalanceSaid,
  RunOrder,
} from '#schema/placement/wire.ts'
import { answer, bodyOf, type Call, isoOf } from '#sync-worker/api-call.ts'
import { mayOperate } from '#sync-worker/operators.ts'
import { refuse } from '#sync-worker/refuse.ts'
import { freshlyConfigured } from './configured.ts'
import { planFor } from './find-moves.ts'
import { measuredStores } from './loads.ts'
import { ownAmong } from './own-stores.ts'
import { changePolicy, policyChangesIn, policyIn } from './policy.ts'
import { rebalancerOf } from './the-rebalancer.ts'

/** `POST /api/rebalance/plan`: what would move if the cells were others, and what each would hold. Nothing does. */
export const planRebalance = async (call: Call): Promise<Response> => {
  const { request, env, session, now } = call
  if (!(await mayOperate(env, session))) return refuse('MayNotOperate')
  const order = await bodyOf(request, PlanOrder)
  if (order instanceof Response) return order
  const plan = await planFor(env, order, now)
  return typeof plan === 'string' ? refuse(plan) : answer(plan satisfies PlanSaid)
}

/** `GET /api/rebalance`: by which policy, when it looked and will look, and what it suggests; of that everybody sees its own. */
export const showRebalance = async ({ env, session }: Call): Promise<Response> => {
  const [policy, { waiting, suggestions, last, nextAt, underWay }] = await Promise.all([
    policyIn(env.DB),
    rebalancerOf(env).standing(),
  ])
  const isOperator = await mayOperate(env, session)
  const mine = isOperator ? undefined : await ownAmong(env.DB, session.accountId, suggestions)
  return answer({
    policy,
    last: last === null ? null : { ...last, at: isoOf(last.at) },
    nextAt: nextAt === null ? null : isoOf(nextAt),
    underWay,
    waiting: waiting.length,
    suggestions: suggestions.filter(({ storeId }) => mine?.has(storeId) ?? true),
  } satisfies RebalanceSaid)
}

/** `PUT /api/rebalance/policy` */
export const putPolicy = async ({ request, env, session, now }: Call): Promise<Response> => {
  if (!(await mayOperate(env, session))) return refuse('MayNotOperate')
  const policy = await bodyOf(request, Policy)
  if (policy instanceof Response) return policy
  await changePolicy(env.DB, policy, session.accountId, now)
  await rebalancerOf(env).resume()
  return answer(policy)
}

/** `GET /api/rebalance/changes`: what was said before, when and by whom. */
export const listPolicyChanges = async ({ env, session }: Call): Promise<Response> => {
  const isOperator = await mayOperate(env, session)
  const changes = await policyChangesIn(env.DB)
  return answer({
    changes: changes.map(({ at, byId, policy }) => ({ at: isoOf(at), by: isOperator ? byId : null, policy })),
  } satisfies PolicyChangesSaid)
}

/** `POST /api/rebalance/runs`: looks now; or moves what it is told. 202, and what `GET /api/rebalance` says then. */
export const runRebalance = async (call: Call): Promise<Response> => {
  const { request, env, session } = call
  if (!(await mayOperate(env, session))) return refuse('MayNotOperate')
  const order = await bodyOf(request, RunOrder, maxRunBytes)
  if (order instanceof Response) return order
  if (order.moves === undefined) await rebalancerOf(env).look(order.act)
  else {
    const moves = await plannedBy(call, order.moves)
    if (moves instanceof Response) return moves
    if (order.act) await rebalancerOf(env).enqueue(moves)
  }
  return showRebalance(call)
}

/** Of a store that is not there, or is there already, nothing. */
const plannedBy = async (
  { env, now }: Call,
  ordered: NonNullable<RunOrder['moves']>,
): Promise<readonly PlannedMove[] | Response> => {
  const { cells } = await freshlyConfigured(env)
  const takers = new Set(cells.filter(takesStores).map(({ cellId }) => cellId))
  if (ordered.some(({ to }) => !cells.some(({ cellId }) => cellId === to))) return refuse('CellNotFound')
  if (ordered.some(({ to }) => !takers.has(to))) return refuse('CellTakesNothing')
  const toByStore = new Map(ordered.map(({ storeId, to }) => [storeId, to]))
  return (await measuredStores(env, null, now)).flatMap((store) => {
    const to = toByStore.get(store.storeId)
    return to === undefined || to === store.cellId ? [] : moveOf(store, to, 'An operator wants it there.')
  })
}

/** Of 500 moves. */
const maxRunBytes = 60_000
