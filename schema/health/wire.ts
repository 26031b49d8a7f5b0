import { Schema } from 'effect'

/** What the server says of health and alerts. Times are ISO 8601 in UTC, durations milliseconds, sizes bytes. */

export const HealthState = Schema.Literal('healthy', 'degraded', 'down', 'unknown')
export type HealthState = typeof HealthState.Type

/** Of the hour before the last report; nothing is told of no calls. */
export const Times = Schema.Struct({
  count: Schema.Number,
  averageMs: Schema.NullOr(Schema.Number),
  p95Ms: Schema.NullOr(Schema.Number),
})
export interface Times extends Schema.Schema.Type<typeof Times> {}

const figures = {
  state: HealthState,
  records: Schema.Number,
  bytes: Schema.Number,
  connections: Schema.Number,
  /** 0–1 of what the policy lets a cell hold, of a store of what one object can: the highest of its measures. */
  utilisation: Schema.Number,
  push: Times,
  pull: Times,
  /** In the same hour. */
  errors: Schema.Number,
  lastError: Schema.NullOr(Schema.Struct({ at: Schema.String, what: Schema.String })),
  /**
   * Of a cell, the share of the checks of 24 hours that it answered. Of a store, which is asked in turn, of those five
   * minutes of 24 hours in which it reported or was asked, the share in which it was heard. Null where there were none.
   */
  uptime: Schema.NullOr(Schema.Number),
  checkedAt: Schema.NullOr(Schema.String),
}

/** `GET /api/health/cells` */
export const CellHealth = Schema.Struct({ cellId: Schema.String, stores: Schema.Number, ...figures })
export interface CellHealth extends Schema.Schema.Type<typeof CellHealth> {}
export const CellHealths = Schema.Struct({ mayOperate: Schema.Boolean, cells: Schema.Array(CellHealth) })

/** `GET /api/health/stores`: the worst first. */
export const StoreHealth = Schema.Struct({
  storeId: Schema.String,
  cellId: Schema.String,
  isMine: Schema.Boolean,
  reportedAt: Schema.NullOr(Schema.String),
  ...figures,
})
export interface StoreHealth extends Schema.Schema.Type<typeof StoreHealth> {}
export const StoreHealths = Schema.Struct({ stores: Schema.Array(StoreHealth) })

const minutes = (least: number, most: number) => Schema.Int.pipe(Schema.between(least, most))

/** `GET`, `PUT /api/health/settings` */
export const HealthSettings = Schema.Struct({
  checkEveryMinutes: minutes(1, 1440),
  reportEveryMinutes: minutes(1, 60),
})
export interface HealthSettings extends Schema.Schema.Type<typeof HealthSettings> {}

/** `GET /api/health/settings/changes`: the newest first. `by` is the account, or empty for what the product began with. */
export const HealthSettingsChanges = Schema.Struct({
  changes: Schema.Array(Schema.Struct({ at: Schema.String, by: Schema.String, settings: HealthSettings })),
})

/** What a rule looks at: of each cell, each store or each move that reports. */
export const Measure = Schema.Literal(
  'cell state',
  'store state',
  'cell errors per hour',
  'store errors per hour',
  'cell push p95', // ms
  'cell pull p95', // ms
  'cell utilisation', // 0–1
  'store quota', // 0–1 of what one object can hold
  'move failed', // rolled back because the copies differed or it failed too often, in the last hour: 1
  'move under way', // minutes
)
export type Measure = typeof Measure.Type

const what = {
  name: Schema.String.pipe(Schema.minLength(1), Schema.maxLength(100)),
  measure: Measure,
  /** How long it must be so. */
  forMinutes: Schema.Number.pipe(Schema.between(0, 1440)),
  /** Where it is told besides. */
  webhook: Schema.NullOr(Schema.String.pipe(Schema.maxLength(500))),
  isOn: Schema.Boolean,
}

/** `PUT /api/alerts/rules/:id`: a number is exceeded, or a state is this one. */
export const AlertRuleInput = Schema.Union(
  Schema.Struct({ ...what, above: Schema.Number }),
  Schema.Struct({ ...what, is: Schema.Literal('degraded', 'down') }),
)
export type AlertRuleInput = typeof AlertRuleInput.Type

const told = {
  ruleId: Schema.String,
  /** What signs what is sent to the webhook; operators alone are told. */
  secret: Schema.NullOr(Schema.String),
}

/** `GET /api/alerts/rules` */
export const AlertRule = Schema.Union(
  Schema.Struct({ ...told, ...what, above: Schema.Number }),
  Schema.Struct({ ...told, ...what, is: Schema.Literal('degraded', 'down') }),
)
export type AlertRule = typeof AlertRule.Type
export const AlertRules = Schema.Struct({ mayOperate: Schema.Boolean, rules: Schema.Array(AlertRule) })

/** `GET /api/alerts/rules/changes`: the newest first; a removed one as it was. `by` is an account. */
export const AlertRuleChanges = Schema.Struct({
  changes: Schema.Array(
    Schema.Struct({
      at: Schema.String,
      by: Schema.String,
      ruleId: Schema.String,
      kind: Schema.Literal('made', 'changed', 'removed'),
      rule: AlertRuleInput,
    }),
  ),
})
export type AlertRuleChange = (typeof AlertRuleChanges.Type)['changes'][number]

const alert = {
  alertId: Schema.String,
  ruleId: Schema.String,
  /** The cell, store or move it is about. */
  subject: Schema.String,
  /** A sentence. */
  what: Schema.String,
  since: Schema.String,
}

/** `GET /api/alerts`: what is open, and at most 100 that have ended, the newest first. */
export const Alerts = Schema.Struct({
  open: Schema.Array(Schema.Struct(alert)),
  past: Schema.Array(Schema.Struct({ ...alert, endedAt: Schema.String })),
})
export interface Alerts extends Schema.Schema.Type<typeof Alerts> {}

/** `POST /api/alerts/rules/:id/test`: what the webhook answered, if it did. */
export const WebhookTried = Schema.Struct({
  isDelivered: Schema.Boolean,
  status: Schema.NullOr(Schema.Number),
  why: Schema.NullOr(Schema.String),
})
