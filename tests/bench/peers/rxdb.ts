import { createRxDatabase, type RxCollection } from 'rxdb/plugins/core'
import { getRxStorageDexie } from 'rxdb/plugins/storage-dexie'
import { type PeerRow, topCount } from './peer.ts'
import { servePeer } from './serve-peer.ts'

servePeer(async () => {
  const db = await createRxDatabase<{ memories: RxCollection<PeerRow> }>({
    name: 'bench',
    // Otherwise Chromium says a transaction is complete before it is on the disk.
    storage: getRxStorageDexie({ chromeTransactionDurability: 'strict' }),
    eventReduce: true,
  })
  const { memories } = await db.addCollections({ memories: { schema } })
  const top = () => memories.find({ sort: [{ importance: 'desc' }], limit: topCount })
  return {
    add: async (rows) => {
      const [row] = rows
      if (rows.length === 1 && row !== undefined) await memories.insert(row)
      else await memories.bulkInsert([...rows])
    },
    top: async () => (await top().exec()).map(rowToListed),
    watchTop: async (onAnswer) => {
      const subscription = top().$.subscribe((rows) => onAnswer(rows.map(rowToListed)))
      return () => subscription.unsubscribe()
    },
    search: async (word) =>
      (await memories.find({ selector: { content: { $regex: `\\b${word}\\b` } } }).exec()).map(
        ({ memoryId }) => memoryId,
      ),
  }
})

const rowToListed = ({ memoryId, importance, content }: PeerRow) => ({ memoryId, importance, text: content })

const schema = {
  version: 0,
  primaryKey: 'memoryId',
  type: 'object',
  properties: {
    memoryId: { type: 'string', maxLength: 40 },
    content: { type: 'string' },
    kind: { type: 'string' },
    importance: { type: 'number', minimum: 0, maximum: 1, multipleOf: 0.000001 },
    occurredAt: { type: 'number' },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['memoryId', 'content', 'kind', 'importance', 'occurredAt', 'tags'],
  indexes: ['importance'],
} as const
