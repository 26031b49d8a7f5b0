import { fireproof } from '@fireproof/core'
import { type PeerRow, topCount } from './peer.ts'
import { servePeer, watchByAsking } from './serve-peer.ts'

servePeer(async () => {
  const db = fireproof('bench')
  const top = async () => {
    const { rows } = await db.query<PeerRow, number>('importance', { descending: true, limit: topCount })
    return rows.flatMap(({ doc }) =>
      doc === undefined ? [] : [{ memoryId: doc.memoryId, importance: doc.importance, text: doc.content }],
    )
  }
  const { tell, watchTop } = watchByAsking(top)
  db.subscribe(() => void tell(), true)
  return {
    add: async (rows) => {
      await db.bulk(rows.map((row) => ({ _id: row.memoryId, ...row })))
    },
    top,
    watchTop,
    search: async (word) => {
      const { rows } = await db.allDocs<PeerRow>()
      return rows.flatMap(({ value }) => (value.content.includes(word) ? [value.memoryId] : []))
    },
  }
})
