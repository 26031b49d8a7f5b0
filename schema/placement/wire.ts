import { Schema } from 'effect'
import { CellId, hints, jurisdictions } from './cells.ts'

/**
 * What the Worker says of cells, places, moves and rebalancing, and what it is asked. Times are ISO 8601, sizes bytes;
 * records are events of a log.
 */

const Count = Schema.Number
const Time = Schema.String
const JurisdictionName = Schema.Literal(...jurisdictions)
const Hint = Schema.Literal(...hints)

/** `GET /api/cells`. One that is no longer among the cells, and still holds stores, stands there too and takes nothing. */
export const CellsSaid = Schema.Struct({
  mayOperate: Schema.Boolean,
  strategy: Schema.Literal('hash', 'range', 'directory'),
  /** Of a cell of weight 1 on the ring. */
  points: Count,
  cells: Schema.Array(
    Schema.Struct({
      cellId: Schema.String,
      weight: Schema.Number,
      jurisdiction: Schema.NullOr(JurisdictionName),
      hint: Schema.NullOr(Hint),
      readOnly: Schema.Boolean,
      draining: Schema.Boolean,
      takesStores: Schema.Boolean,
      /** Of all accounts for an operator, else of this one. */
      stores: Count,
      records: Count,
      bytes: Count,
      connections: Count,
    }),
  ),
})
export type CellsSaid = typeof CellsSaid.Type
export type CellSaid = CellsSaid['cells'][number]

/** `PUT /api/cells/:cellId`: makes it, or changes what is named. Only a new one is given a jurisdiction. */
export const CellOrder = Schema.Struct({
  weight: Schema.optionalWith(Schema.Number.pipe(Schema.between(0.1, 10)), { exact: true }),
  readOnly: Schema.optionalWith(Schema.Boolean, { exact: true }),
  draining: Schema.optionalWith(Schema.Boolean, { exact: true }),
  hint: Schema.optionalWith(Schema.NullOr(Hint), { exact: true }),
  jurisdiction: Schema.optionalWith(Schema.NullOr(JurisdictionName), { exact: true }),
})
export type CellOrder = typeof CellOrder.Type

/** `GET /api/cells/changes`, the newest first. Who did it is told to operators. */
export const CellChangesSaid = Schema.Struct({
  changes: Schema.Array(
    Schema.Struct({
      at: Time,
      by: Schema.NullOr(Schema.String),
      cellId: Schema.String,
      kind: Schema.Literal('added', 'changed', 'removed'),
      change: CellOrder,
    }),
  ),
})
export type CellChangesSaid = typeof CellChangesSaid.Type

/** `GET /api/placements?after=`, by store, 500 at a time. */
export const PlacementsSaid = Schema.Struct({
  placements: Schema.Array(
    Schema.Struct({
      storeId: Schema.String,
      isMine: Schema.Boolean,
      cellId: Schema.String,
      epoch: Count,
      status: Schema.Literal('active', 'migrating', 'read-only', 'draining'),
      strategy: Schema.String,
      pinned: Schema.Boolean,
      since: Time,
      /** None of a store that never reported. */
      records: Schema.NullOr(Count),
      bytes: Schema.NullOr(Count),
    }),
  ),
  next: Schema.NullOr(Schema.String),
})
export type PlacementsSaid = typeof PlacementsSaid.Type
export type PlacementSaid = PlacementsSaid['placements'][number]

export const moveSteps = [
  'planned',
  'copying',
  'verifying',
  'fencing',
  'cutting over',
  'handing over',
  'settling',
  'grace',
  'cleaned',
  'rolling back',
  'rolled back',
] as const

/** As `GET /api/stores/:storeId/moves` says it. */
export const MoveSaid = Schema.Struct({
  moveId: Schema.String,
  from: Schema.String,
  to: Schema.String,
  step: Schema.Literal(...moveSteps),
  events: Count,
  copied: Count,
  bytes: Count,
  startedAt: Time,
  /** When the store was at its new place, and writers went on. */
  arrivedAt: Schema.NullOr(Time),
  /** When the old place was cleaned too, or the move was called back. */
  endedAt: Schema.NullOr(Time),
  fenceMs: Schema.NullOr(Schema.Number),
  why: Schema.NullOr(Schema.String),
})
export type MoveSaid = typeof MoveSaid.Type

/** What would go where, and why: a sentence. */
export const PlannedMoveSaid = Schema.Struct({
  storeId: Schema.String,
  from: Schema.String,
  to: Schema.String,
  events: Count,
  bytes: Count,
  why: Schema.String,
})
export type PlannedMoveSaid = typeof PlannedMoveSaid.Type

/** `GET /api/moves`: those under way first, then the newest, at most 100; and what waits for its turn. */
export const MovesSaid = Schema.Struct({
  moves: Schema.Array(Schema.Struct({ ...MoveSaid.fields, storeId: Schema.String, isMine: Schema.Boolean })),
  waiting: Schema.Array(Schema.Struct({ ...PlannedMoveSaid.fields, isMine: Schema.Boolean })),
})
export type MovesSaid = typeof MovesSaid.Type

/**
 * `GET /api/moves/days?after=2026-02-28`: the days after that one on which something began to move or the rebalancer
 * looked. Days are UTC.
 */
export const MoveDaysSaid = Schema.Struct({
  days: Schema.Array(
    Schema.Struct({
      day: Schema.String,
      /** Of the moves that began then: those at their new place, how long that took them in all, and writers waited. */
      moved: Count,
      tookMs: Schema.Number,
      fenceMs: Schema.Number,
      calledBack: Count,
      /** Of all accounts: how often the rebalancer looked, and how many moves it began. */
      looks: Count,
      started: Count,
    }),
  ),
})
export type MoveDaysSaid = typeof MoveDaysSaid.Type
export type MoveDay = MoveDaysSaid['days'][number]

/** `PUT` and `DELETE /api/stores/:storeId/pin`. A store that stands elsewhere is moved there at once. */
export const PinOrder = Schema.Struct({ cellId: Schema.String })
export const PinSaid = Schema.Struct({
  storeId: Schema.String,
  pinnedTo: Schema.NullOr(Schema.String),
  move: Schema.NullOr(MoveSaid),
})
export type PinSaid = typeof PinSaid.Type

/** `POST /api/account/moves`: all stores of this account; pinned ones stay. They wait for their turn, and show in `GET /api/moves`. */
export const AccountOrder = Schema.Union(
  Schema.Struct({ to: Schema.String, dryRun: Schema.optional(Schema.Boolean) }),
  Schema.Struct({ jurisdiction: Schema.NullOr(JurisdictionName), dryRun: Schema.optional(Schema.Boolean) }),
)
export type AccountOrder = typeof AccountOrder.Type
export const AccountMovesSaid = Schema.Struct({ moves: Schema.Array(PlannedMoveSaid) })
export type AccountMovesSaid = typeof AccountMovesSaid.Type

/** `POST /api/rebalance/plan`: what would move if these cells were added or changed, or this one emptied; a dry run. */
export const PlanOrder = Schema.Struct({
  cells: Schema.optional(Schema.Array(Schema.Struct({ cellId: CellId, ...CellOrder.fields }))),
  drain: Schema.optional(Schema.String),
})
export type PlanOrder = typeof PlanOrder.Type

const CellLoad = Schema.Struct({ cellId: Schema.String, stores: Count, records: Count, bytes: Count })
export const PlanSaid = Schema.Struct({
  moves: Schema.Array(PlannedMoveSaid),
  before: Schema.Array(CellLoad),
  after: Schema.Array(CellLoad),
})
export type PlanSaid = typeof PlanSaid.Type

/** `PUT /api/rebalance/policy`. The thresholds are those of one cell. */
export const Policy = Schema.Struct({
  mode: Schema.Literal('off', 'suggest', 'act'),
  everyMinutes: Schema.Int.pipe(Schema.between(1, 10_080)),
  records: Schema.Int.pipe(Schema.positive()),
  bytes: Schema.Int.pipe(Schema.positive()),
  connections: Schema.Int.pipe(Schema.positive()),
})
export type Policy = typeof Policy.Type

/** `GET /api/rebalance`. Of what is suggested everybody sees its own. */
export const RebalanceSaid = Schema.Struct({
  policy: Policy,
  last: Schema.NullOr(Schema.Struct({ at: Time, suggested: Count, started: Count })),
  nextAt: Schema.NullOr(Time),
  underWay: Count,
  waiting: Count,
  suggestions: Schema.Array(PlannedMoveSaid),
})
export type RebalanceSaid = typeof RebalanceSaid.Type

/** `GET /api/rebalance/changes`, the newest first. Who did it is told to operators. */
export const PolicyChangesSaid = Schema.Struct({
  changes: Schema.Array(Schema.Struct({ at: Time, by: Schema.NullOr(Schema.String), policy: Policy })),
})
export type PolicyChangesSaid = typeof PolicyChangesSaid.Type

/**
 * `POST /api/rebalance/runs`: looks now, and says what `GET /api/rebalance` then says. With `act` all that is suggested is
 * moved, at most two at once; with `moves` those instead, whatever is suggested: so a plan is carried out.
 */
export const RunOrder = Schema.Struct({
  act: Schema.Boolean,
  moves: Schema.optional(
    Schema.Array(Schema.Struct({ storeId: Schema.String, to: Schema.String })).pipe(Schema.maxItems(500)),
  ),
})
export type RunOrder = typeof RunOrder.Type
