import { addMemory } from '#schema/memories/commands.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { type MemoryRow, memoryIds$, memoryPage$ } from '#schema/memories/queries.ts'
import { batchesOf } from '#tests/bench/data.ts'
import { execute } from '#web/livestore/execute.ts'
import { untilJournaled } from '#web/livestore/journal.ts'
import { stampNow } from '#web/livestore/session.ts'
import { openPersona } from '#web/livestore/stores.ts'
import { type PeerRow, topCount } from './peer.ts'
import { servePeer } from './serve-peer.ts'
import { untilSaved } from './until-saved.ts'

/** PJai's own store: journal, mended sync, sealing and all, with no server to sync with. */
servePeer(async () => {
  const store = await openPersona('bench')
  return {
    add: async (rows) => {
      const [row] = rows
      const refusal = execute(
        store,
        rows.length === 1 && row !== undefined
          ? addMemory('bench', row.memoryId, rowToDraft(row), stampNow())
          : batchesOf(rows, 500).map(rowsToFact),
      )
      if (refusal !== undefined) throw refusal
      if (!(await untilJournaled(store.storeId))) throw new Error('The journal has no room.')
    },
    untilAcknowledged: () => untilSaved(store),
    top: async () => store.query(top$).map(memoryToListed),
    watchTop: async (onAnswer) => store.subscribe(top$, (memories) => onAnswer(memories.map(memoryToListed))),
    search: async (word) => store.query(memoryIds$({ text: word }, 500)),
  }
})

const top$ = memoryPage$({}, { sort: 'importance', direction: 'desc', offset: 0, limit: topCount })

const memoryToListed = ({ memoryId, importance, preview }: MemoryRow) => ({ memoryId, importance, text: preview })

const rowToDraft = ({ occurredAt, ...row }: PeerRow) => ({ ...row, occurredAt: new Date(occurredAt) })

/** An import's fact: the bulk act of a person. */
const rowsToFact = (rows: readonly PeerRow[]) => {
  const { at, ...by } = stampNow()
  return memoryEvents.memoriesImported({
    personaId: 'bench',
    importId: 'bench',
    memories: rows.map((row) => ({ ...rowToDraft(row), sourceEventIds: [] })),
    importedAt: at,
    ...by,
  })
}
