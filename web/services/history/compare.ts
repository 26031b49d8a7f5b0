import type { LiveStoreSchema } from '@livestore/livestore'
import { type History, historySteps } from '#schema/stores/history.ts'
import type { OpenDatabase, ReplayDatabase } from '#schema/stores/replay-database.ts'
import { diffStates, type TableDiff } from '#schema/stores/state-diff.ts'
import { quoted } from '#schema/stores/state-tables.ts'
import type { Thing } from '#schema/stores/things.ts'
import { deviceOf, leftOutOf, materializersUnder, type World } from '#schema/stores/what-if.ts'

/** From one state to another of the same world; or, of another world, from the state here to the one there, both at `to`. */
export interface CompareAsked {
  readonly from: number
  readonly to: number
  readonly world: World | null
  /** Rows of each table and change, and how many of them to pass over. */
  readonly limit: number
  readonly offset: number
  readonly tables?: readonly string[]
}

export interface Comparison {
  readonly tables: readonly TableDiff[]
  /** How many rows each of these tables has on the two sides. */
  readonly counts: Readonly<Record<string, readonly [before: number, after: number]>>
  /** What a person calls the things of the rows, by `<kind> <id>`. */
  readonly labels: Readonly<Record<string, string>>
  /** Events that the other world does not have. */
  readonly leftOut: number
  /** Why the other world ends before event `to`, in a sentence. */
  readonly failure: string | null
}

/** Who and what made the events of a log, the most frequent first. */
export interface Makers {
  readonly names: readonly (readonly [name: string, count: number])[]
  readonly devices: readonly (readonly [deviceId: string, count: number])[]
}

interface Replayed {
  readonly schema: LiveStoreSchema
  readonly openDatabase: OpenDatabase
  readonly history: History
}

type Run = (steps: ReturnType<typeof historySteps>, of: number) => History

/** The other world that was made last is kept: the next page asks for it again. */
export const makeComparer = ({ schema, openDatabase, history }: Replayed, run: Run) => {
  let kept: { readonly key: string; readonly leftOut: number; readonly history: History } | undefined

  const worldAt = (world: World, to: number) => {
    const key = JSON.stringify([world, to])
    if (kept?.key === key) return kept
    const before = history.events.filter(({ seqNum }) => seqNum <= to)
    const left = leftOutOf(before, history.times, world.leftOut)
    const events = before.filter(({ seqNum }) => !left.has(seqNum))
    const instead = materializersUnder(world.policies, history.times[before.length - 1] ?? 0)
    const steps = historySteps({ schema, openDatabase, events, instead })
    kept = { key, leftOut: left.size, history: run(steps, events.length) }
    return kept
  }

  return ({ from, to, world, ...page }: CompareAsked): Comparison => {
    const other = world === null ? undefined : worldAt(world, to)
    const before = fileAt(history, other === undefined ? from : to)
    const after = fileAt(other?.history ?? history, to)
    const tables = diffStates({ schema, openDatabase, before, after, ...page })
    const db = openDatabase(after, before)
    try {
      const countIn = (place: string, table: string) =>
        Number(db.all(`select count(*) as count from ${place}.${quoted(table)}`)[0]?.count)
      return {
        tables,
        counts: Object.fromEntries(
          tables.map(({ table }) => [table, [countIn('beside', table), countIn('main', table)] as const]),
        ),
        labels: labelsOf(
          db,
          tables.flatMap(({ rows }) => rows.flatMap(({ thing }) => (thing === undefined ? [] : [thing]))),
        ),
        leftOut: other?.leftOut ?? 0,
        failure: other?.history.failure?.message ?? null,
      }
    } finally {
      db.close()
    }
  }
}

export const makersOf = ({ events }: History): Makers => ({
  names: counted(events.map(({ name }) => name)),
  devices: counted(events.flatMap((event) => deviceOf(event) ?? [])),
})

const counted = (values: readonly string[]) =>
  [...Map.groupBy(values, (value) => value)]
    .map(([value, all]) => [value, all.length] as const)
    .toSorted(([, a], [, b]) => b - a)

const fileAt = (history: History, n: number): Uint8Array => {
  const state = history.stateAt(n)
  try {
    return state.db.serialize()
  } finally {
    state.close()
  }
}

/** In which table and column a kind of thing has what it is called by. */
const labelled: Readonly<Partial<Record<Thing['kind'], readonly [table: string, id: string, label: string]>>> = {
  memory: ['memories', 'memoryId', 'preview'],
  message: ['messages', 'messageId', 'preview'],
  conversation: ['conversations', 'conversationId', 'title'],
  attachment: ['attachments', 'attachmentId', 'name'],
  profile: ['personas', 'personaId', 'name'],
}

/** As they are called after, or were before. */
const labelsOf = (db: ReplayDatabase, things: readonly Thing[]): Readonly<Record<string, string>> => {
  const labels: Record<string, string> = {}
  for (const [kind, of] of Map.groupBy(things, (thing) => thing.kind)) {
    const [table, id, label] = labelled[kind] ?? []
    if (table === undefined) continue
    const ids = JSON.stringify(of.map((thing) => thing.id))
    for (const place of ['beside', 'main'])
      for (const row of db.all(
        `select ${id} as id, ${label} as label from ${place}.${table} where ${id} in (select value from json_each(?))`,
        [ids],
      ))
        labels[`${kind} ${String(row.id)}`] = String(row.label)
  }
  return labels
}
