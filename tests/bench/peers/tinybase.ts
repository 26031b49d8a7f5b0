import { createStore } from 'tinybase'
import { createOpfsPersister } from 'tinybase/persisters/persister-browser'
import { topCount } from './peer.ts'
import { servePeer } from './serve-peer.ts'

servePeer(async () => {
  const store = createStore()
  const folder = await navigator.storage.getDirectory()
  const persister = createOpfsPersister(store, await folder.getFileHandle('bench.json', { create: true }))
  await persister.load()
  // As it was written below.
  const contentOf = (memoryId: string) => store.getCell('memories', memoryId, 'content') as string
  const listed = (memoryId: string) => ({
    memoryId,
    importance: Number(store.getCell('memories', memoryId, 'importance')),
    text: contentOf(memoryId),
  })
  const sorting = { tableId: 'memories', cellId: 'importance', descending: true, offset: 0, limit: topCount }
  return {
    add: async (rows) => {
      store.transaction(() => {
        for (const { memoryId, tags, ...cells } of rows)
          store.setRow('memories', memoryId, { ...cells, tags: JSON.stringify(tags) })
      })
      await persister.save()
    },
    top: async () => store.getSortedRowIds(sorting).map(listed),
    watchTop: async (onAnswer) => {
      const tell = (ids: readonly string[]) => onAnswer(ids.map(listed))
      const listenerId = store.addSortedRowIdsListener(
        sorting,
        (_store, _table, _cell, _descending, _offset, _limit, ids) => tell(ids),
      )
      tell(store.getSortedRowIds(sorting))
      return () => void store.delListener(listenerId)
    },
    search: async (word) => store.getRowIds('memories').filter((memoryId) => contentOf(memoryId).includes(word)),
  }
})
