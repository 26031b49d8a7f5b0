import type { DurableObject } from 'cloudflare:workers'
import { makeDurableObject, PERSISTENCE_FORMAT_VERSION } from '@livestore/sync-cf/cf-worker'
import type { Env } from './env.ts'

/** LiveStore's object, which a store's log holds, and what of LiveStore's own tables must be known. */
export const makeLiveStoreLog = (ctx: DurableObjectState, env: Env, hooks: Hooks): Required<DurableObject> => {
  const Log = makeDurableObject({
    ...hooks,
    storage: { _tag: 'do-sqlite' },
    enabledTransports: new Set(['ws', 'http']),
  })
  // LiveStore types its object by an older release of the runtime types; there is one runtime.
  return new Log(ctx, env) as unknown as Required<DurableObject>
}

type Hooks = Pick<
  NonNullable<Parameters<typeof makeDurableObject>[0]>,
  'forwardHeaders' | 'onPull' | 'onPullRes' | 'onPush' | 'onPushRes'
>

export const headIn = (sql: SqlStorage): number => {
  const [row] = sql.exec<{ currentHead: number }>(`SELECT currentHead FROM ${headTable}`).toArray()
  return row?.currentHead ?? 0
}

/** LiveStore stores the events, then the head. A crash between the two would make it refuse every push for ever. */
export const mendHead = (sql: SqlStorage, storeId: string): void => {
  const logTable = `eventlog_${PERSISTENCE_FORMAT_VERSION}_${storeId}`
  const exists = sql.exec('SELECT 1 FROM sqlite_schema WHERE name = ?', headTable).toArray().length > 0
  if (exists) sql.exec(`UPDATE ${headTable} SET currentHead = (SELECT coalesce(max(seqNum), 0) FROM ${logTable})`)
}

/** One row. */
const headTable = `context_${PERSISTENCE_FORMAT_VERSION}`
