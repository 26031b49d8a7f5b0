import type { ReplayDatabase } from './replay-database.ts'

type Tables = Pick<ReplayDatabase, 'run' | 'all'>

/**
 * Numbers are given to shards in blocks, so that hits are counted by shard without reading documents. A block is small:
 * FTS5 keeps the distances between numbers, for each word anew.
 */
export const docsInBlock = 256

/** The numbers that are free in a shard's last block, then those of the next. */
export const freeDocs = (db: Tables, shard: number) => {
  const [block] = db.all('select max(block) as block from blocks where shard = ?', [shard])
  let end = block?.block == null ? 0 : (Number(block.block) + 1) * docsInBlock
  const [last] = db.all('select max(doc) as doc from documents where doc between ? and ?', [end - docsInBlock, end - 1])
  let next = last?.doc == null ? Math.max(0, end - docsInBlock) : Number(last.doc) + 1
  return () => {
    if (next === end) {
      db.run('insert into blocks (shard) values (?)', [shard])
      end = (Number(db.all('select max(block) as block from blocks')[0]?.block) + 1) * docsInBlock
      next = end - docsInBlock
    }
    return next++
  }
}

/** An id stands once, and not beside each text; no conversation is 0. One that nothing is in any more keeps its number. */
export const conversationsIn = (db: Tables, shard: number) => {
  const known = new Map([['', 0]])
  return (id: string): number => {
    const found = known.get(id)
    if (found !== undefined) return found
    db.run('insert into conversations (shard, id) values (?, ?) on conflict do nothing', [shard, id])
    const [row] = db.all('select conversation from conversations where shard = ? and id = ?', [shard, id])
    known.set(id, Number(row?.conversation))
    return Number(row?.conversation)
  }
}
