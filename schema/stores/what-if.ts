import type { State } from '@livestore/livestore'
import { rowsAsJson, write } from '#schema/shared/tables.ts'
import { personaSchema } from './persona-store.ts'
import type { LogEvent, Materializers } from './replay.ts'

/**
 * Another world of the same log: without some of its events, or under other policies. Nothing of it is written anywhere.
 *
 *     events ──► those that are not left out ──► the schema's materializers, or those of a policy around them ──► a state
 */
export interface World {
  readonly leftOut: LeftOut
  readonly policies: Policies
}

/** These numbers; and what all of the filters that are given say. */
export interface LeftOut {
  /** From one number to another, both of them included. */
  readonly numbers: readonly (readonly [from: number, to: number])[]
  readonly names: readonly string[]
  readonly devices: readonly string[]
  /** In milliseconds since 1970, both included. */
  readonly since: number | null
  readonly until: number | null
}

export interface Policies {
  /** Memories weigh `factor` times as much, and never less than `floor`; 0–1 as ever. */
  readonly importance: { readonly factor: number; readonly floor: number } | null
  /** Memories older than so many days are forgotten, unless they weigh more than `above`. */
  readonly retention: { readonly days: number; readonly above: number } | null
}

/** The numbers of the events that are left out. `times`: when each of them happened. */
export const leftOutOf = (
  events: readonly LogEvent[],
  times: readonly number[],
  { numbers, names, devices, since, until }: LeftOut,
): ReadonlySet<number> => {
  const isFiltered = names.length > 0 || devices.length > 0 || since !== null || until !== null
  const isOut = (event: LogEvent, at: number) =>
    numbers.some(([from, to]) => from <= event.seqNum && event.seqNum <= to) ||
    (isFiltered &&
      (names.length === 0 || names.includes(event.name)) &&
      (devices.length === 0 || devices.includes(deviceOf(event) ?? '')) &&
      (since === null || at >= since) &&
      (until === null || at <= until))
  return new Set(events.filter((event, index) => isOut(event, times[index] ?? 0)).map(({ seqNum }) => seqNum))
}

/** From which device an event says that it came. */
export const deviceOf = ({ args }: LogEvent): string | undefined => {
  const { deviceId } = args as { readonly deviceId?: unknown } // what has no device says so
  return typeof deviceId === 'string' ? deviceId : undefined
}

/**
 * What takes the place of the schema's materializers under these policies. `now`: as of when memories are old, in
 * milliseconds since 1970; the policy asks each memory what it weighs in the end.
 */
export const materializersUnder = ({ importance, retention }: Policies, now: number): Materializers => {
  const changed = importance === null ? {} : weighing(importance)
  return retention === null ? changed : { ...changed, ...forgetting(changed, retention, now) }
}

const weighing = ({ factor, floor }: NonNullable<Policies['importance']>): Materializers => {
  const weigh = <M extends { readonly importance: number }>(memory: M): M => ({
    ...memory,
    importance: Math.min(1, Math.max(floor, memory.importance * factor)),
  })
  return {
    'v1.MemoryAdded': (args, context) => own('v1.MemoryAdded')(weigh(args), context),
    'v1.MemoryImportanceRevised': (args, context) => own('v1.MemoryImportanceRevised')(weigh(args), context),
    'v1.MemoriesImported': (args, context) =>
      own('v1.MemoriesImported')({ ...args, memories: args.memories.map(weigh) }, context),
  }
}

/** After whatever makes a memory, or changes what it weighs: as often as it happens, the end is the same. */
const forgetting = (
  changed: Materializers,
  { days, above }: NonNullable<Policies['retention']>,
  now: number,
): Materializers => {
  const age = days * 86_400_000
  const apply = (memoryIds: readonly string[]) =>
    write(
      `update memories set forgottenAt = case when importance > $above then null else addedAt + $age end
       where memoryId in (select value from json_each($memoryIds)) and addedAt + $age <= $now
         and (forgottenAt is null or forgottenAt = addedAt + $age)`,
      { above, age, now, memoryIds: rowsAsJson(memoryIds) },
      'memories',
    )
  const then = (name: string, idsIn: (args: never) => readonly string[]): Materializers => ({
    [name]: (args, context) => [
      ...[(changed[name] ?? own(name))(args, context)].flat(),
      apply(idsIn(args as never)), // of the event of that very name
    ],
  })
  return {
    ...then('v1.MemoryAdded', ({ memoryId }: { readonly memoryId: string }) => [memoryId]),
    ...then('v1.MemoryImportanceRevised', ({ memoryId }: { readonly memoryId: string }) => [memoryId]),
    ...then('v1.MemoriesImported', ({ memories }: { readonly memories: readonly { readonly memoryId: string }[] }) =>
      memories.map(({ memoryId }) => memoryId),
    ),
  }
}

/** The product's own. */
const own = (name: string): State.SQLite.Materializer => {
  const materializer = personaSchema.state.materializers.get(name)
  if (materializer === undefined) throw new Error(`There is no materializer of ${name}.`) // our bug
  return materializer
}
