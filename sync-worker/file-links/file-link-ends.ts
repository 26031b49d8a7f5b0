import type { Env } from '#sync-worker/env.ts'
import { ensureTables } from '#sync-worker/tables.ts'
import { destroyFileLink, type FileLinkRow, selectFileLinks } from './file-link-rows.ts'

/**
 * Takes away what links gave once their time is over, by the alarm of their store's object. D1 knows the links, the object
 * when the next of them ends; one that does not know yet, since the log came to it from another, asks with its first alarm.
 */
export const makeFileLinkEnds = (ctx: DurableObjectState, env: Env, { storeId, isHere, wakeBy }: Parts) => {
  const { kv } = ctx.storage
  let held: number | undefined

  const next = (): number => {
    held ??= kv.get<number>('fileLinksEndAt') ?? 0
    return held
  }

  const keep = (at: number): void => {
    held = at
    kv.put('fileLinksEndAt', at)
  }

  return {
    dueAt: (): number => (isHere() ? next() : Number.POSITIVE_INFINITY),

    /** D1 knows already of a link that ends then. */
    expect: (at: number): void => {
      keep(Math.min(next(), at))
      wakeBy(at)
    },

    /** What is told meanwhile counts too; what fails is tried again a minute later. */
    run: async (now: number): Promise<void> => {
      held = Number.POSITIVE_INFINITY
      const following = await endFileLinks(env, storeId, now).catch(() => now + 60_000)
      keep(Math.min(held, following))
    },
  }
}

interface Parts {
  readonly storeId: string
  /** Whether this object is the owner of the log. */
  readonly isHere: () => boolean
  readonly wakeBy: (at: number) => void
}

/** Some of those whose time is over. Gives when the next is due; never if there is none. */
const endFileLinks = async (env: Env, storeId: string, now: number): Promise<number> => {
  await ensureTables(env.DB)
  const { results } = await env.DB.prepare(`${selectFileLinks} WHERE ${isThere} AND expiresAt <= ? LIMIT 100`)
    .bind(storeId, now)
    .all<FileLinkRow>()
  for (const row of results) await destroyFileLink(env, row)
  const left = env.DB.prepare(`SELECT min(expiresAt) AS at FROM fileLinks WHERE ${isThere}`).bind(storeId)
  return (await left.first<number>('at')) ?? Number.POSITIVE_INFINITY
}

/** Its card is no noughts yet. */
const isThere = "storeId = ? AND sealed GLOB '*[^0]*'"
