import { Events, Schema } from '@livestore/livestore'
import { Origin } from '#schema/shared/origin.ts'
import { stamped } from '#schema/shared/stamp.ts'

/** `importance` 0–1; `sourceEventIds` name what it was learnt from (ids of messages); `occurredAt` is when it was true. */
const memory = {
  memoryId: Schema.String,
  content: Schema.String,
  importance: Schema.Finite,
  kind: Schema.String,
  tags: Schema.Array(Schema.String),
  sourceEventIds: Schema.Array(Schema.String),
  occurredAt: Schema.Date,
}

export const ImportedMemory = Schema.Struct({ ...memory, origin: Schema.optional(Origin) })
export type ImportedMemory = typeof ImportedMemory.Type

const personaId = Schema.String
const memoryId = Schema.String
/** The hash of the text its author had seen; events of older versions do not say. */
const basedOn = Schema.optional(Schema.String)
/** What acts on many at once shares a batch, and is undone as one. */
const batch = { personaId, memoryIds: Schema.Array(Schema.String), batchId: Schema.String }

export const memoryEvents = {
  memoryAdded: Events.synced({
    name: 'v1.MemoryAdded',
    schema: Schema.Struct({ ...memory, personaId, addedAt: Schema.Date, ...stamped }),
  }),
  memoryContentRevised: Events.synced({
    name: 'v1.MemoryContentRevised',
    schema: Schema.Struct({ memoryId, personaId, content: Schema.String, basedOn, revisedAt: Schema.Date, ...stamped }),
  }),
  memoryConflictSettled: Events.synced({
    name: 'v1.MemoryConflictSettled',
    schema: Schema.Struct({
      conflictId: Schema.String,
      memoryId,
      personaId,
      content: Schema.String,
      basedOn,
      settledAt: Schema.Date,
      ...stamped,
    }),
  }),
  memoryConflictReopened: Events.synced({
    name: 'v1.MemoryConflictReopened',
    schema: Schema.Struct({
      conflictId: Schema.String,
      memoryId,
      personaId,
      reopenedAt: Schema.Date,
      ...stamped,
    }),
  }),
  memoryImportanceRevised: Events.synced({
    name: 'v1.MemoryImportanceRevised',
    schema: Schema.Struct({ memoryId, personaId, importance: Schema.Finite, revisedAt: Schema.Date, ...stamped }),
  }),
  memoryClassified: Events.synced({
    name: 'v1.MemoryClassified',
    schema: Schema.Struct({
      memoryId,
      personaId,
      kind: Schema.String,
      tags: Schema.Array(Schema.String),
      classifiedAt: Schema.Date,
      ...stamped,
    }),
  }),
  memoryReinforced: Events.synced({
    name: 'v1.MemoryReinforced',
    schema: Schema.Struct({
      reinforcementId: Schema.String,
      memoryId,
      personaId,
      reinforcedAt: Schema.Date,
      ...stamped,
    }),
  }),
  reinforcementWithdrawn: Events.synced({
    name: 'v1.ReinforcementWithdrawn',
    schema: Schema.Struct({
      reinforcementId: Schema.String,
      memoryId,
      personaId,
      withdrawnAt: Schema.Date,
      ...stamped,
    }),
  }),
  memoriesLinked: Events.synced({
    name: 'v1.MemoriesLinked',
    schema: Schema.Struct({
      linkId: Schema.String,
      personaId,
      fromMemoryId: Schema.String,
      toMemoryId: Schema.String,
      relation: Schema.String,
      linkedAt: Schema.Date,
      ...stamped,
    }),
  }),
  memoriesUnlinked: Events.synced({
    name: 'v1.MemoriesUnlinked',
    schema: Schema.Struct({ linkId: Schema.String, personaId, unlinkedAt: Schema.Date, ...stamped }),
  }),
  memoryMerged: Events.synced({
    name: 'v1.MemoryMerged',
    schema: Schema.Struct({ memoryId, personaId, intoMemoryId: Schema.String, mergedAt: Schema.Date, ...stamped }),
  }),
  memoriesForgotten: Events.synced({
    name: 'v1.MemoriesForgotten',
    schema: Schema.Struct({ ...batch, forgottenAt: Schema.Date, ...stamped }),
  }),
  memoriesRestored: Events.synced({
    name: 'v1.MemoriesRestored',
    schema: Schema.Struct({ ...batch, restoredAt: Schema.Date, ...stamped }),
  }),
  memoriesErased: Events.synced({
    name: 'v1.MemoriesErased',
    schema: Schema.Struct({
      personaId,
      memoryIds: Schema.Array(Schema.String),
      erasureId: Schema.String,
      erasedAt: Schema.Date,
      ...stamped,
    }),
  }),
  memoriesTagged: Events.synced({
    name: 'v1.MemoriesTagged',
    schema: Schema.Struct({ ...batch, tag: Schema.String, taggedAt: Schema.Date, ...stamped }),
  }),
  memoriesUntagged: Events.synced({
    name: 'v1.MemoriesUntagged',
    schema: Schema.Struct({ ...batch, tag: Schema.String, untaggedAt: Schema.Date, ...stamped }),
  }),
  memoriesImported: Events.synced({
    name: 'v1.MemoriesImported',
    schema: Schema.Struct({
      personaId,
      importId: Schema.String,
      memories: Schema.Array(ImportedMemory),
      importedAt: Schema.Date,
      ...stamped,
    }),
  }),
  memoriesImportWithdrawn: Events.synced({
    name: 'v1.MemoriesImportWithdrawn',
    schema: Schema.Struct({ personaId, importId: Schema.String, withdrawnAt: Schema.Date, ...stamped }),
  }),
}
