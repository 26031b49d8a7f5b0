import type { DocumentMark, DocumentType } from './search-documents.ts'
import { documentTypes, type SearchDocument, type SearchedShard } from './search-index.ts'
import type { MarkedRange } from './search-writer.ts'

/**
 * Brings an index to the state of a shard: page by page of marks, and the texts only of what differs. Whatever made the
 * state what it is, a commit, a rebase that took one back, an erasure: the state is compared, not what happened to it.
 */
export interface ShardReader {
  readonly marks: (type: DocumentType, after: string, limit: number) => Awaitable<readonly DocumentMark[]>
  readonly documents: (type: DocumentType, ids: readonly string[]) => Awaitable<readonly SearchDocument[]>
}

/** `SearchWriter`, wherever it runs. */
export interface ShardWriter {
  readonly begin: (shard: SearchedShard) => Awaitable<number>
  readonly compare: (asked: MarkedRange & InPass) => Awaitable<readonly string[]>
  readonly put: (asked: InPass & { readonly documents: readonly SearchDocument[] }) => Awaitable<void>
}

type Awaitable<A> = A | Promise<A>

interface InPass {
  readonly storeId: string
  readonly pass: number
}

/**
 * Gives the number of the pass, for whoever knows how far the state goes to end it. `pause` is waited for before each
 * piece of work, and throws when the pass is to be given up.
 */
export const feedShard = async (
  reader: ShardReader,
  writer: ShardWriter,
  shard: SearchedShard,
  pause: () => Awaitable<void>,
): Promise<number> => {
  const { storeId } = shard
  const pass = await writer.begin(shard)
  for (const type of documentTypes) {
    for (let after: string | null = ''; after !== null; ) {
      await pause()
      const marks: readonly DocumentMark[] = await reader.marks(type, after, marksAtOnce)
      const upTo: string | null = marks.length < marksAtOnce ? null : (marks.at(-1)?.[0] ?? null)
      const wanted = await writer.compare({ storeId, pass, type, after, upTo, marks })
      for (let from = 0; from < wanted.length; from += textsAtOnce) {
        await pause()
        const documents = await reader.documents(type, wanted.slice(from, from + textsAtOnce))
        for (const batch of inBatches(documents)) await writer.put({ storeId, pass, documents: batch })
      }
      after = upTo
    }
  }
  return pass
}

const marksAtOnce = 500
const textsAtOnce = 200
/** A question that is asked meanwhile waits for one batch. */
const lettersAtOnce = 100_000

const inBatches = (documents: readonly SearchDocument[]): readonly (readonly SearchDocument[])[] => {
  const batches: SearchDocument[][] = []
  let letters = Number.POSITIVE_INFINITY
  for (const document of documents) {
    letters += document.text.length
    if (letters > lettersAtOnce) {
      batches.push([])
      letters = document.text.length
    }
    batches.at(-1)?.push(document)
  }
  return batches
}
