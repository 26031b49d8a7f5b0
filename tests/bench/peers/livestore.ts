import { makePersistedAdapter } from '@livestore/adapter-web'
import LiveStoreSharedWorker from '@livestore/adapter-web/shared-worker?sharedworker'
import { createStorePromise, queryDb } from '@livestore/livestore'
import { batchesOf } from '#tests/bench/data.ts'
import LiveStoreWorker from './livestore.worker.ts?worker'
import { events, schema, tables } from './livestore-schema.ts'
import { topCount } from './peer.ts'
import { servePeer } from './serve-peer.ts'
import { untilSaved } from './until-saved.ts'

servePeer(async () => {
  const store = await createStorePromise({
    schema,
    storeId: 'bench',
    adapter: makePersistedAdapter({
      worker: LiveStoreWorker,
      sharedWorker: LiveStoreSharedWorker,
      storage: { type: 'opfs' },
      experimental: { disableFastPath: true },
    }),
    batchUpdates: (run) => run(),
    disableDevtools: true,
  })
  return {
    add: async (rows) => {
      store.commit(...rows.map((row) => events.memoryAdded(row)))
      await untilSaved(store)
    },
    fill: async (rows) => {
      for (const some of batchesOf(rows, 500)) store.commit(events.memoriesAdded({ rows: some }))
      await untilSaved(store)
    },
    top: async () => store.query(top$),
    watchTop: async (onAnswer) => store.subscribe(top$, onAnswer),
    search: async (word) =>
      store
        .query<{ memoryId: string }[]>({
          query: 'select memoryId from memories where instr(content, ?) > 0',
          bindValues: [word] as never, // LiveStore brands what may be bound
        })
        .map(({ memoryId }) => memoryId),
  }
})

const top$ = queryDb(
  tables.memories.select('memoryId', 'importance', 'content').orderBy('importance', 'desc').limit(topCount),
  { label: 'top', map: (rows) => rows.map(({ content, ...row }) => ({ ...row, text: content })) },
)
