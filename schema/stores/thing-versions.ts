import type { LiveStoreSchema } from '@livestore/livestore'
import { stampReader } from './event-times.ts'
import type { History, PastState } from './history.ts'
import type { LogEvent } from './replay.ts'
import type { Row } from './state-hash.ts'
import { quoted } from './state-tables.ts'
import { placesOf, type Thing } from './things.ts'

/** What one event made of one thing. */
export interface ThingVersion {
  readonly seqNum: number
  readonly eventName: string
  /** The event's own stamp, in milliseconds since 1970; null when it has none. */
  readonly at: number | null
  readonly actorId: string | null
  readonly deviceId: string | null
  /** All its rows afterwards, by table; none when it was taken away. */
  readonly rows: Readonly<Record<string, readonly Row[]>>
}

/**
 * Every version of one thing, the first one first; yields how many events it has looked into. An event counts that names
 * the thing and changed a row of it, and one that takes things away without naming them.
 */
export function* versionSteps(
  schema: LiveStoreSchema,
  history: History,
  thing: Thing,
): Generator<number, readonly ThingVersion[]> {
  const stampOf = stampReader(schema)
  const named = JSON.stringify(thing.id)
  const mayChangeIt = ({ name, args, seqNum }: LogEvent) =>
    seqNum <= history.head && (takesAway.test(name) || JSON.stringify(args).includes(named))
  const candidates = history.events.filter(mayChangeIt)
  const versions: ThingVersion[] = []
  let past = history.stateAt(0)
  let before = JSON.stringify(rowsOf(past, thing))
  try {
    for (const [index, event] of candidates.entries()) {
      past = past.moveTo(event.seqNum)
      const rows = rowsOf(past, thing)
      const after = JSON.stringify(rows)
      if (after !== before) {
        const { actorId = null, deviceId = null } = event.args as Author // what has no author says so
        const at = stampOf(event) ?? null
        versions.push({ seqNum: event.seqNum, eventName: event.name, at, actorId, deviceId, rows })
      }
      before = after
      yield index + 1
    }
    return versions
  } finally {
    past.close()
  }
}

interface Author {
  readonly actorId?: string
  readonly deviceId?: string
}

const takesAway = /(Erased|Withdrawn)$/

/** Its rows in a state, by table. */
export const rowsOf = (past: Pick<PastState, 'db'>, { kind, id }: Thing) => {
  const { idColumn, names } = placesOf(kind)
  return Object.fromEntries(
    names.map((name) => [
      name,
      past.db.all(`select * from ${quoted(name)} where ${quoted(idColumn)} = ? order by rowid`, [id]),
    ]),
  )
}
