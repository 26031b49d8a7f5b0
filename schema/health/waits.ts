import { Schema } from 'effect'

/**
 * What an app tells of how long somebody waited, and of what went wrong: numbers, and words that stand here. No text of a
 * person, and no id, has a place in it.
 */
const ms = Schema.Number.pipe(Schema.between(0, 3_600_000))

/** How long ago it ended, when it is told: clocks of devices differ. */
const endedAgoMs = ms

const waited = { ms, endedAgoMs }

/** From the first byte asked for until the workspace can be used. */
const Start = Schema.Struct({ name: Schema.Literal('start'), ...waited })

/** `hydrated`: its files were written from the server’s log first. `events`: how many its log has. */
const StoreOpened = Schema.Struct({
  name: Schema.Literal('store opened'),
  kind: Schema.Literal('workspace', 'persona'),
  way: Schema.Literal('as it was', 'hydrated', 'made anew'),
  events: Schema.Int.pipe(Schema.between(0, 100_000_000)),
  ...waited,
})

/** From choosing a persona until its room shows, on a store that was open already or not. */
const PersonaShown = Schema.Struct({
  name: Schema.Literal('persona shown'),
  way: Schema.Literal('open', 'closed'),
  ...waited,
})

/** From a commit until the leader has it. */
const Saved = Schema.Struct({ name: Schema.Literal('saved'), ...waited })

/** From a commit until the server has it, on a line that was up all the while. */
const Synced = Schema.Struct({ name: Schema.Literal('synced'), ...waited })

/** From asking a model until something of its answer came. */
const FirstToken = Schema.Struct({ name: Schema.Literal('first token'), ...waited })

/** Nobody waited: something went wrong. */
const WentWrong = Schema.Struct({
  name: Schema.Literal('error'),
  kind: Schema.Literal('store', 'sync refused', 'model', 'script'),
  ms: Schema.Literal(0),
  endedAgoMs,
})

export const Wait = Schema.Union(Start, StoreOpened, PersonaShown, Saved, Synced, FirstToken, WentWrong)
export type Wait = typeof Wait.Type

/** `GET /api/telemetry` */
export const TelemetrySaid = Schema.Struct({ isWanted: Schema.Boolean })
export type TelemetrySaid = typeof TelemetrySaid.Type

/** `POST /api/telemetry` */
export const WaitsTold = Schema.Struct({
  waits: Schema.Array(Wait).pipe(Schema.minItems(1), Schema.maxItems(100)),
})
export type WaitsTold = typeof WaitsTold.Type
