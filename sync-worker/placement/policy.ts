import { Schema } from 'effect'
import { Policy } from '#schema/placement/wire.ts'
import { ensureTables } from '#sync-worker/tables.ts'

/** By which rebalancing is done now. */
export const policyIn = async (db: D1Database): Promise<Policy> => {
  await ensureTables(db)
  const said = await db.prepare('SELECT policy FROM policies ORDER BY seq DESC LIMIT 1').first<string>('policy')
  return said === null ? firstPolicy : decode(said)
}

export const changePolicy = async (db: D1Database, policy: Policy, byId: string, now: number): Promise<void> => {
  await ensureTables(db)
  await db
    .prepare('INSERT INTO policies (at, byId, policy) VALUES (?, ?, ?)')
    .bind(now, byId, JSON.stringify(policy))
    .run()
}

/** The newest first. */
export const policyChangesIn = async (db: D1Database) => {
  await ensureTables(db)
  const { results } = await db
    .prepare('SELECT at, byId, policy FROM policies ORDER BY seq DESC LIMIT 100')
    .all<{ at: number; byId: string; policy: string }>()
  return results.map(({ policy, ...change }) => ({ ...change, policy: decode(policy) }))
}

const decode = Schema.decodeUnknownSync(Schema.parseJson(Policy)) // what stands there was taken by the same schema

export const firstPolicy: Policy = {
  mode: 'suggest',
  everyMinutes: 60,
  records: 100_000,
  bytes: 1024 ** 3,
  connections: 100,
}
