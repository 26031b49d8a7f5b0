import { Data } from 'effect'
import type { DocumentMark } from './search-documents.ts'
import {
  type DocumentName,
  type MarkRange,
  marksBetween,
  removeShard,
  removeSubjects,
  type SearchDatabase,
  type SearchDocument,
  type SearchedShard,
  unfinished,
  writeShard,
} from './search-index.ts'

/**
 * The one writer of an index. A shard is brought to its state in passes:
 *
 *     begin ──► compare a range of marks, which takes out what is gone ──► put what differs ──► … ──► end
 *                    ▲ a newer pass, or something erased: what an older one still brings is refused
 *
 * 1. From `begin` to `end` the cursor says unfinished, on disk: a crash between them is a pass to be made again.
 * 2. After a pass over a state that stands still, the index is what a new one of that state would be.
 * 3. What is erased stays out: a pass that may have read it before is over.
 */
export const makeSearchWriter = (db: SearchDatabase) => {
  const passes = new Map<string, { readonly pass: number; readonly shard: SearchedShard }>()
  let count = 0
  const shardIn = ({ storeId, pass }: InPass): SearchedShard => {
    const current = passes.get(storeId)
    if (current?.pass !== pass) throw new PassIsOver()
    return current.shard
  }
  const write = (
    of: InPass,
    change: { put?: readonly SearchDocument[]; removed?: readonly DocumentName[]; cursor?: number },
  ) => writeShard(db, { ...shardIn(of), put: [], removed: [], cursor: unfinished, ...change })
  return {
    /** Gives the number of the pass. */
    begin: (shard: SearchedShard): number => {
      count++
      passes.set(shard.storeId, { pass: count, shard })
      write({ storeId: shard.storeId, pass: count }, {})
      return count
    },
    /** Which of these are to be put. What the range has beside them is gone. */
    compare: ({ marks, ...range }: MarkedRange & InPass): readonly string[] => {
      const known = marksBetween(db, range)
      const there = new Set(marks.map(([id]) => id))
      const removed = [...known.keys()].filter((id) => !there.has(id)).map((id) => ({ type: range.type, id }))
      if (removed.length > 0) write(range, { removed })
      else shardIn(range)
      return marks.filter(([id, mark]) => known.get(id) !== mark).map(([id]) => id)
    },
    put: ({ documents, ...of }: InPass & { readonly documents: readonly SearchDocument[] }): void =>
      write(of, { put: documents }),
    /** `cursor`: up to which of its events the state was sure to hold all. */
    end: ({ cursor, ...of }: InPass & { readonly cursor: number }): void => {
      write(of, { cursor })
      passes.delete(of.storeId)
    },
    forgetSubjects: ({ storeId, ids }: { readonly storeId: string; readonly ids: readonly string[] }): void => {
      passes.delete(storeId)
      removeSubjects(db, storeId, ids)
    },
    forgetShard: (storeId: string): void => {
      passes.delete(storeId)
      removeShard(db, storeId)
    },
  }
}

export type SearchWriter = ReturnType<typeof makeSearchWriter>

interface InPass {
  readonly storeId: string
  readonly pass: number
}

export interface MarkedRange extends MarkRange {
  readonly marks: readonly DocumentMark[]
}

/** Not a failure: whoever made the pass begins another if there is anything to bring. */
export class PassIsOver extends Data.TaggedError('PassIsOver') {
  override get message() {
    return 'This pass over a shard is over: a newer one began, or something was erased.'
  }
}
