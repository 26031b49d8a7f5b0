import { Dexie, type EntityTable, liveQuery } from 'dexie'
import { type PeerRow, topCount } from './peer.ts'
import { servePeer } from './serve-peer.ts'

type Row = PeerRow & { readonly words: readonly string[] }

servePeer(async () => {
  // Otherwise Chromium says a transaction is complete before it is on the disk.
  const db = new Dexie('bench', { chromeTransactionDurability: 'strict' }) as Dexie & {
    memories: EntityTable<Row, 'memoryId'> // as declared in the next line
  }
  db.version(1).stores({ memories: 'memoryId, importance, *words' })
  await db.open()
  const top = async () =>
    (await db.memories.orderBy('importance').reverse().limit(topCount).toArray()).map(({ content, ...row }) => ({
      ...row,
      text: content,
    }))
  return {
    add: async (rows) => {
      const [row] = rows
      if (rows.length === 1 && row !== undefined) await db.memories.add(rowToWords(row))
      else await db.memories.bulkAdd(rows.map(rowToWords))
    },
    top,
    watchTop: async (onAnswer) => {
      const subscription = liveQuery(top).subscribe(onAnswer)
      return () => subscription.unsubscribe()
    },
    search: (word) => db.memories.where('words').equals(word).primaryKeys(),
  }
})

/** Full text as Dexie's own sample does it: an index with an entry for every word of a row. */
const rowToWords = (row: PeerRow): Row => ({ ...row, words: [...new Set(row.content.toLowerCase().match(/\w+/g))] })
