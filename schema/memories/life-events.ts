import { Events, Schema } from '@livestore/livestore'
import { Origin } from '#schema/shared/origin.ts'
import { stamped } from '#schema/shared/stamp.ts'
import { ImportedMemory } from './events.ts'
import { MemoryPolicy } from './policy.ts'
import { tiers } from './tiers.ts'

const personaId = Schema.String
const memoryId = Schema.String
const batch = { personaId, memoryIds: Schema.Array(Schema.String), batchId: Schema.String }

/** A tier, and what the rule said of the memory. */
const Tiered = Schema.Struct({
  memoryId,
  tier: Schema.Literal(...tiers),
  /** Null: no pass has looked at it; hot until one does. */
  because: Schema.NullOr(
    Schema.Struct({
      shares: Schema.Struct({
        importance: Schema.Finite,
        recency: Schema.Finite,
        reinforced: Schema.Finite,
        recalled: Schema.Finite,
      }),
      days: Schema.Finite,
      reinforcements: Schema.Finite,
      recalls: Schema.Finite,
    }),
  ),
})

/** What becomes of memories with time. */
export const lifeEvents = {
  memoryPolicyRevised: Events.synced({
    name: 'v1.MemoryPolicyRevised',
    schema: Schema.Struct({ personaId, policy: MemoryPolicy, revisedAt: Schema.Date, ...stamped }),
  }),
  /** Only those whose tier changes; a pass over many is several of these. */
  memoriesTiered: Events.synced({
    name: 'v1.MemoriesTiered',
    schema: Schema.Struct({
      personaId,
      passId: Schema.String,
      ruleVersion: Schema.Finite,
      /** Under which it was found. */
      policy: MemoryPolicy,
      changes: Schema.Array(Tiered),
      tieredAt: Schema.Date,
      ...stamped,
    }),
  }),
  memoriesPinned: Events.synced({
    name: 'v1.MemoriesPinned',
    schema: Schema.Struct({ ...batch, pinnedAt: Schema.Date, ...stamped }),
  }),
  memoriesUnpinned: Events.synced({
    name: 'v1.MemoriesUnpinned',
    schema: Schema.Struct({ ...batch, unpinnedAt: Schema.Date, ...stamped }),
  }),
  /** The parts are added and linked by facts of their own, in the same batch. */
  memorySplit: Events.synced({
    name: 'v1.MemorySplit',
    schema: Schema.Struct({
      memoryId,
      personaId,
      intoMemoryIds: Schema.Array(Schema.String),
      splitAt: Schema.Date,
      ...stamped,
    }),
  }),
  /** In the log they leave. Whoever transfers tells the other log first. */
  memoriesTransferred: Events.synced({
    name: 'v1.MemoriesTransferred',
    schema: Schema.Struct({
      ...batch,
      toPersonaId: Schema.String,
      transferredAt: Schema.Date,
      ...stamped,
    }),
  }),
  /** In the log they come to: new ids that follow from the old ones and the batch, so that a repetition adds nothing. */
  memoriesReceived: Events.synced({
    name: 'v1.MemoriesReceived',
    schema: Schema.Struct({
      personaId,
      batchId: Schema.String,
      fromPersonaId: Schema.String,
      memories: Schema.Array(Schema.Struct({ ...ImportedMemory.fields, origin: Origin })),
      receivedAt: Schema.Date,
      ...stamped,
    }),
  }),
  /** Until when it was true; null: it still is. */
  memoryValidityRevised: Events.synced({
    name: 'v1.MemoryValidityRevised',
    schema: Schema.Struct({
      memoryId,
      personaId,
      validUntil: Schema.NullOr(Schema.Date),
      revisedAt: Schema.Date,
      ...stamped,
    }),
  }),
  /** Two memories that were suggested as one, or as contradicting: both are right. */
  memoriesKeptApart: Events.synced({
    name: 'v1.MemoriesKeptApart',
    schema: Schema.Struct({ ...batch, keptAt: Schema.Date, ...stamped }),
  }),
  /** Undoes it: they are suggested again. */
  keptApartWithdrawn: Events.synced({
    name: 'v1.KeptApartWithdrawn',
    schema: Schema.Struct({ ...batch, withdrawnAt: Schema.Date, ...stamped }),
  }),
}
