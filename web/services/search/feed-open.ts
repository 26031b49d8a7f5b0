import { prepareBindValues } from '@livestore/common'
import { queryDb, Schema, StoreInternalsSymbol } from '@livestore/livestore'
import { documentsOf, marksAfter, personaIn, type Select } from '#schema/stores/search-documents.ts'
import { feedShard, type ShardReader } from '#schema/stores/search-feed.ts'
import { parseStoreId } from '#schema/stores/store-id.ts'
import type { EngineStore } from '#web/livestore/engine-store.ts'
import { pool } from '#web/livestore/stores.ts'
import { indexWriter } from './index-writer.ts'
import { pauseFor, untilIdle } from './pauses.ts'
import { sharedState, subscribeToIndex } from './shared-index.ts'

/** Milliseconds: after a change, and between two passes as often as one took. */
const quiet = 1000
const quietAfterFailure = 10_000
const restFor = 10

/** Of all tabs one brings a shard to the index: the one that has it open, or the one that reads it closed. */
export const feedLock = (storeId: string) => `pjai.search.feed.${storeId}`

/**
 * Keeps the index like every persona's store that this tab has open. Such a shard stays unfinished in the index: when it is
 * closed, its log has the last word (`feed-closed.ts`), since after a rebase LiveStore may show otherwise.
 */
export const feedOpenShards = () => {
  const fed = new Map<string, { readonly store: EngineStore; readonly stop: () => void }>()
  const look = () => {
    for (const [storeId, { store, stop }] of fed) {
      if (pool.peek(storeId) === store) continue
      stop()
      fed.delete(storeId)
    }
    for (const storeId of pool.openIds()) {
      const store = pool.peek(storeId)
      const name = parseStoreId(storeId)
      if (store === undefined || fed.has(storeId) || name instanceof Error || name.kind !== 'persona') continue
      fed.set(storeId, { store, stop: feedWhileOpen(store, name.id) })
    }
  }
  pool.subscribe(look)
  look()
}

const feedWhileOpen = (store: EngineStore, personaId: string) => {
  const stopped = new AbortController()
  const { signal } = stopped
  navigator.locks
    .request(feedLock(store.storeId), { signal }, () => feedUntil(signal, store, personaId))
    .catch((error: unknown) => {
      if (!signal.aborted) console.error('What is open could not be brought to the search index.', error)
    })
  return () => stopped.abort()
}

const feedUntil = async (signal: AbortSignal, store: EngineStore, personaId: string) => {
  const changes = changesOf(store, signal)
  for (let wait = quiet; ; ) {
    await changes.next()
    await pauseFor(wait, signal)
    if (signal.aborted) return
    const startedAt = performance.now()
    const isWhole = await passOver(store, personaId, () => untilIdle(signal)).then(
      () => true,
      (error: unknown) => {
        if (!signal.aborted) console.warn('A pass over an open persona is made again.', error)
        return false
      },
    )
    wait = Math.max(isWhole ? quiet : quietAfterFailure, (performance.now() - startedAt) * restFor)
    if (!isWhole) changes.stir()
  }
}

const passOver = (store: EngineStore, personaId: string, pause: () => Promise<void>) => {
  const { sqliteDbWrapper } = store[StoreInternalsSymbol]
  const select: Select = (query, binds) => sqliteDbWrapper.select(query, prepareBindValues([...binds], query))
  const persona = personaIn(select)
  const reader: ShardReader = {
    marks: (type, after, limit) => marksAfter(select, type, after, limit),
    documents: (type, ids) => documentsOf(select, type, ids),
  }
  const shard = { storeId: store.storeId, personaId, personaName: '', isArchived: false, ...persona }
  return feedShard(reader, indexWriter, shard, pause)
}

/** Tells of every change of what is searched, and of an index that was made anew. */
const changesOf = (store: EngineStore, signal: AbortSignal) => {
  let [isDue, wake] = [true, () => {}]
  const stir = () => {
    isDue = true
    wake()
  }
  let { era } = sharedState()
  const unsubscribe = [
    store.subscribe(searched$, stir),
    subscribeToIndex(() => {
      if (sharedState().era === era) return
      era = sharedState().era
      stir()
    }),
  ]
  signal.addEventListener('abort', () => {
    for (const stop of unsubscribe) stop()
    wake()
  })
  return {
    stir,
    /** Resolves when there was a change since it last did. */
    next: async () => {
      if (!isDue && !signal.aborted)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      isDue = false
    },
  }
}

/** Wakes for whatever is searched, and reads nothing. No answer equals another, or LiveStore would tell nobody. */
const searched$ = queryDb(
  {
    query: `select exists (select 1 from personas) + exists (select 1 from memories) + exists (select 1 from memoryBodies)
              + exists (select 1 from conversations) + exists (select 1 from messages)
              + exists (select 1 from messageBodies) + exists (select 1 from attachments) as touched`,
    schema: Schema.Array(Schema.Struct({ touched: Schema.Number })),
  },
  { label: 'search.searched', map: () => Symbol('read') },
)
