import { Schema, State } from '@livestore/livestore'
import { deleteRows, key, number, rowsAsJson, time, write } from '#schema/shared/tables.ts'
import { lifeEvents } from './life-events.ts'
import { tiers } from './tiers.ts'
import { insertMemories } from './writes.ts'

/** One row, once it was revised; before that the usual policy holds. */
const memoryPolicies = State.SQLite.table({
  name: 'memoryPolicies',
  columns: {
    personaId: key(),
    halfLifeDays: number(),
    hotFrom: number(),
    warmFrom: number(),
    keepDays: State.SQLite.real({ nullable: true }),
    keepAbove: number(),
    maximum: State.SQLite.real({ nullable: true }),
  },
})

/** The last word of a pass, and what the rule said then. A memory without a row is hot. */
const memoryTiers = State.SQLite.table({
  name: 'memoryTiers',
  columns: {
    memoryId: key(),
    tier: State.SQLite.text({ schema: Schema.Literal(...tiers) }),
    passId: State.SQLite.text(),
    ruleVersion: number(),
    importance: number(),
    recency: number(),
    reinforced: number(),
    recalled: number(),
    days: number(),
    reinforcements: number(),
    recalls: number(),
    hotFrom: number(),
    warmFrom: number(),
    tieredAt: time(),
  },
  indexes: [{ name: 'memoryTiers_by_tier', columns: ['tier', 'memoryId'] }],
})

const memoryPins = State.SQLite.table({ name: 'memoryPins', columns: { memoryId: key(), pinnedAt: time() } })

/** Where a memory went that left for another persona. */
const memoryTransfers = State.SQLite.table({
  name: 'memoryTransfers',
  columns: { memoryId: key(), toPersonaId: State.SQLite.text(), transferredAt: time() },
})

/** Until when a memory was true. */
const memoryValidities = State.SQLite.table({
  name: 'memoryValidities',
  columns: { memoryId: key(), validUntil: time() },
})

/** Pairs that were suggested to be one, and are not. */
const memoriesApart = State.SQLite.table({
  name: 'memoriesApart',
  columns: { pairId: key(), oneId: State.SQLite.text(), otherId: State.SQLite.text(), keptAt: time() },
})

export type MemoryTierRow = typeof memoryTiers.Type

export const lifeTables = {
  memoryPolicies,
  memoryTiers,
  memoryPins,
  memoryTransfers,
  memoryValidities,
  memoriesApart,
}

const ofMemories = 'in (select memoryId from memories)'

/** Total and idempotent. What is said of a memory that is not here, or was erased, changes nothing. */
export const lifeMaterializers = State.SQLite.materializers(lifeEvents, {
  'v1.MemoryPolicyRevised': ({ personaId, policy }) =>
    memoryPolicies.insert({ personaId, ...policy }).onConflict('personaId', 'replace'),
  'v1.MemoriesTiered': ({ passId, ruleVersion, policy: { hotFrom, warmFrom }, changes, tieredAt }) => [
    write(
      `insert or replace into memoryTiers (memoryId, tier, importance, recency, reinforced, recalled, days,
         reinforcements, recalls, passId, ruleVersion, hotFrom, warmFrom, tieredAt)
       select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6, value ->> 7,
         value ->> 8, $passId, $ruleVersion, $hotFrom, $warmFrom, $at
       from json_each($rows) where value ->> 0 ${ofMemories}`,
      {
        passId,
        ruleVersion,
        hotFrom,
        warmFrom,
        at: tieredAt.getTime(),
        rows: rowsAsJson(
          changes.flatMap(({ memoryId, tier, because }) => {
            if (because === null) return []
            const { shares, days, reinforcements, recalls } = because
            const { importance, recency, reinforced, recalled } = shares
            return [[memoryId, tier, importance, recency, reinforced, recalled, days, reinforcements, recalls]]
          }),
        ),
      },
      'memoryTiers',
    ),
    deleteRows(
      'memoryTiers',
      'memoryId',
      changes.flatMap(({ memoryId, because }) => (because === null ? [memoryId] : [])),
    ),
  ],
  'v1.MemoriesPinned': ({ memoryIds, pinnedAt }) =>
    write(
      `insert or ignore into memoryPins (memoryId, pinnedAt)
       select value, $at from json_each($memoryIds) where value ${ofMemories}`,
      { at: pinnedAt.getTime(), memoryIds: rowsAsJson(memoryIds) },
      'memoryPins',
    ),
  'v1.MemoriesUnpinned': ({ memoryIds }) => deleteRows('memoryPins', 'memoryId', memoryIds),
  'v1.MemorySplit': ({ memoryId, splitAt }) =>
    write(
      'update memories set forgottenAt = $at where forgottenAt is null and memoryId = $memoryId',
      { at: splitAt.getTime(), memoryId },
      'memories',
    ),
  'v1.MemoriesTransferred': ({ memoryIds, toPersonaId, transferredAt }) => [
    write(
      `insert or replace into memoryTransfers (memoryId, toPersonaId, transferredAt)
       select value, $toPersonaId, $at from json_each($memoryIds) where value ${ofMemories}`,
      { toPersonaId, at: transferredAt.getTime(), memoryIds: rowsAsJson(memoryIds) },
      'memoryTransfers',
    ),
    write(
      `update memories set forgottenAt = $at
       where forgottenAt is null and memoryId in (select value from json_each($memoryIds))`,
      { at: transferredAt.getTime(), memoryIds: rowsAsJson(memoryIds) },
      'memories',
    ),
  ],
  'v1.MemoriesReceived': ({ personaId, memories, receivedAt }) => insertMemories(personaId, memories, receivedAt, null),
  'v1.MemoryValidityRevised': ({ memoryId, validUntil }) =>
    validUntil === null
      ? memoryValidities.delete().where({ memoryId })
      : write(
          `insert or replace into memoryValidities (memoryId, validUntil)
           select $memoryId, $validUntil where $memoryId ${ofMemories}`,
          { memoryId, validUntil: validUntil.getTime() },
          'memoryValidities',
        ),
  'v1.MemoriesKeptApart': ({ memoryIds, keptAt }) => {
    const [oneId = '', otherId = ''] = memoryIds.toSorted()
    return write(
      `insert or ignore into memoriesApart (pairId, oneId, otherId, keptAt)
       select $pairId, $oneId, $otherId, $at where $oneId ${ofMemories} and $otherId ${ofMemories}`,
      { pairId: pairIdOf(oneId, otherId), oneId, otherId, at: keptAt.getTime() },
      'memoriesApart',
    )
  },
  'v1.KeptApartWithdrawn': ({ memoryIds }) => {
    const [oneId = '', otherId = ''] = memoryIds.toSorted()
    return memoriesApart.delete().where({ pairId: pairIdOf(oneId, otherId) })
  },
})

const pairIdOf = (oneId: string, otherId: string) => `${oneId} ${otherId}`
