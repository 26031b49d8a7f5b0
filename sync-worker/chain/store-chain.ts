import type { LogPage } from '#proof/log-page.ts'
import { maxPageBytes } from '#proof/log-page.ts'
import type { PushedEvent } from '#sync-worker/batch-check.ts'
import type { SigningKey } from '#sync-worker/erasing/signing-key.ts'
import { epochOf, storeIdOf } from '#sync-worker/placement.ts'
import { makeRateLimit } from '#sync-worker/rate-limit.ts'
import { makeCheckpoints } from './checkpoints.ts'
import { makeLogChain } from './log-chain.ts'

/** The chain of one store's log with its checkpoints, as its object drives it. */
export const makeStoreChain = (ctx: DurableObjectState, signingKey: () => Promise<SigningKey>) => {
  const { sql } = ctx.storage
  const chain = makeLogChain(sql, storeIdOf(ctx.id.name) ?? '', epochOf(ctx.id.name))
  const checkpoints = makeCheckpoints(sql, chain, signingKey)
  /** A long log has a hundred pages. */
  const reads = makeRateLimit({ burst: 150, perSecond: 10 })

  return {
    /** How many events it has. */
    length: (): number => sql.exec<{ n: number }>('SELECT coalesce(max(n), 0) AS n FROM chain').one().n,

    /** Before LiveStore looks at a log that a crash, or somebody, left otherwise than the chain. */
    mend: (now: number): void => {
      chain.trim()
      checkpoints.trim(chain.extend(now))
    },

    /** Who pushes these events, if LiveStore takes them. */
    expect: (batch: readonly PushedEvent[], actor: string, now: number): void => {
      chain.extend(now) // LiveStore does not tell of a push whose socket was closed meanwhile
      chain.expect(batch, actor)
    },

    accepted: (now: number): void => {
      const head = chain.extend(now)
      if (checkpoints.isDue(head)) ctx.waitUntil(checkpoints.keepUp(head, now))
    },

    /** The log after an event, as far as a page holds. */
    read: async (after: number, limit: number, reader: string, now: number): Promise<LogPage | 'TooManyPages'> => {
      if (!reads.takes(reader, now)) return 'TooManyPages'
      const head = chain.extend(now)
      await checkpoints.keepUp(head, now)
      const entries: LogPage['entries'][number][] = []
      let bytes = 0
      for (const entry of chain.entriesAfter(after, limit)) {
        bytes += JSON.stringify(entry).length // what is sealed is ASCII
        if (bytes > maxEntryBytes && entries.length > 0) break
        entries.push(entry)
      }
      const last = entries.at(-1)?.n ?? after
      const newest = head === 0 ? undefined : await checkpoints.sign(head, now)
      return {
        start: chain.start(),
        after: { seq: after, hash: after <= head ? chain.hashAt(after) : null },
        entries,
        more: last < head,
        checkpoints: [
          ...checkpoints.within(after, Math.min(last, head - 1)),
          ...(newest === undefined ? [] : [newest]),
        ],
      }
    },
  }
}

/** Leaves room for what else a page says: up to five checkpoints. */
const maxEntryBytes = maxPageBytes - 5000
