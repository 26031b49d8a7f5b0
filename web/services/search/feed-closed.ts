import { queryDb, Schema } from '@livestore/livestore'
import { feedShard } from '#schema/stores/search-feed.ts'
import { rightsLoaded, rightTo, subscribeToRights } from '#web/livestore/rights.ts'
import { keysOnDevice, personaStoreId, pool, type WorkspaceStore } from '#web/livestore/stores.ts'
import { callsTo, type WorkerCalls } from '#web/services/worker-calls.ts'
import ClosedWorker from './closed.worker.ts?worker'
import type { ClosedCalls } from './closed-protocol.ts'
import { type DueShard, dueShards } from './due-shards.ts'
import { feedLock } from './feed-open.ts'
import { indexWriter } from './index-writer.ts'
import { pauseFor, untilIdle } from './pauses.ts'
import { callIndex, sharedState, subscribeToIndex, tellProgress } from './shared-index.ts'

/** Milliseconds: after a change of the workspace, and before what failed is tried again. */
const quiet = 3000
const again = 60_000

/** Keeps the index like the shards that nobody has open, one after the other, as long as this tab lives. */
export const feedClosedShards = async (workspace: WorkspaceStore) => {
  const { signal } = new AbortController() // never: as long as the page
  await rightsLoaded
  const tried: Tried = new Map()
  const changes = changesOf(workspace)
  for (;;) {
    await feedAll(workspace, tried, signal).catch((error: unknown) =>
      console.warn('The search index is brought up to date later.', error),
    )
    await Promise.race([changes(), pauseFor(again, signal)])
    await pauseFor(quiet, signal)
  }
}

/** Its log is read once: by who opens it. */
const isInUse = (storeId: string) => ['opening', 'open'].includes(pool.stateOf(storeId))

/** At which head of the workspace's each was tried, and whether it worked. */
type Tried = Map<string, { readonly head: number; readonly era: number; readonly failedAt: number | null }>

const feedAll = async (workspace: WorkspaceStore, tried: Tried, signal: AbortSignal) => {
  const { era } = sharedState()
  const cursors = await callIndex('cursors', null)
  const searched = workspace
    .query(searchedShards$)
    .map(({ personaId, head }) => ({ personaId, storeId: personaStoreId(personaId), head }))
    .filter(({ storeId }) => rightTo(storeId)?.endedAt == null)
  for (const storeId of pool.openIds()) tried.delete(storeId) // due again when it is closed
  const { due, gone } = dueShards(searched, cursors, ({ storeId, head }) => {
    const last = tried.get(storeId)
    if (isInUse(storeId)) return true
    if (last === undefined || last.head !== head || last.era !== era) return false
    return last.failedAt === null || Date.now() - last.failedAt < again
  })
  for (const storeId of gone) await callIndex('forgetShard', storeId)
  const failed = () => searched.filter(({ storeId }) => tried.get(storeId)?.failedAt != null).length
  const tell = (left: number) =>
    tellProgress({ shards: searched.length, done: searched.length - left - failed(), isBusy: left > 0 })
  tell(due.length)
  let reader: Reader | undefined
  try {
    for (const [index, shard] of due.entries()) {
      await untilIdle(signal)
      await navigator.locks.request(feedLock(shard.storeId), { ifAvailable: true }, async (lock) => {
        if (lock === null || isInUse(shard.storeId)) return // whoever opens it brings it
        reader ??= openReader()
        const isWhole = await feedClosed(reader, shard, signal).catch((error: unknown) => {
          console.warn(`${shard.storeId} is brought to the search index later.`, error)
          return false
        })
        tried.set(shard.storeId, { head: shard.head, era, failedAt: isWhole ? null : Date.now() })
      })
      tell(due.length - index - 1)
      if (sharedState().era !== era) return // made anew meanwhile: all of it is due
    }
  } finally {
    reader?.end() // and its memory
  }
  await callIndex('noteWhole', null)
}

type Reader = WorkerCalls<ClosedCalls>

const openReader = (): Reader =>
  callsTo<ClosedCalls, never>(
    new ClosedWorker(),
    'The part of the page that reads closed personas for search could not be loaded.',
    () => undefined,
  )

/** Whether it was brought as far as the server has it. */
const feedClosed = async (
  reader: Reader,
  { storeId, personaId, head }: DueShard,
  signal: AbortSignal,
): Promise<boolean> => {
  await keysOnDevice(storeId)
  const { persona, confirmed, behind } = await reader.call('open', { storeId, head })
  const shard = { storeId, personaId, personaName: '', isArchived: false, ...persona }
  const pass = await feedShard(
    {
      marks: (type, after, limit) => reader.call('marks', { type, after, limit }),
      documents: (type, ids) => reader.call('documents', { type, ids }),
    },
    indexWriter,
    shard,
    () => signal.throwIfAborted(),
  )
  await indexWriter.end({ storeId, pass, cursor: confirmed })
  return behind === null
}

/** Resolves when the directory, a right or the index changed, or the network came back. */
const changesOf = (workspace: WorkspaceStore) => {
  let [isDue, wake] = [false, () => {}]
  let { era } = sharedState()
  const stir = () => {
    isDue = true
    wake()
  }
  workspace.subscribe(searchedShards$, stir)
  pool.subscribe(stir)
  subscribeToRights(stir)
  addEventListener('online', stir)
  subscribeToIndex(() => {
    if (sharedState().era === era) return
    era = sharedState().era
    stir()
  })
  return async () => {
    if (!isDue)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    isDue = false
  }
}

/** All personas of the workspace that were not removed from it, those used last first. */
const searchedShards$ = queryDb(
  {
    query: `select d.personaId, coalesce(s.head, 0) as head
            from directory d left join summaries s on s.personaId = d.personaId
            where d.unlistedAt is null order by coalesce(s.lastActivityAt, d.listedAt) desc, d.personaId`,
    schema: Schema.Array(Schema.Struct({ personaId: Schema.String, head: Schema.Number })),
    queriedTables: new Set(['directory', 'summaries']),
  },
  { label: 'search.searchedShards' },
)
