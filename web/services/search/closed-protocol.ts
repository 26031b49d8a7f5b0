import type { DocumentMark, DocumentType } from '#schema/stores/search-documents.ts'
import type { SearchDocument } from '#schema/stores/search-index.ts'
import type { AskOf } from '#web/services/worker-calls.ts'

// What the page and the worker that reads closed shards say to each other.

export interface ClosedShard {
  /** Null when its first event is not there yet. */
  readonly persona: { readonly personaName: string; readonly isArchived: boolean } | null
  /** The number of the last event that the server has confirmed. */
  readonly confirmed: number
  /** Why the server was not asked with success; what is on this device was read all the same. */
  readonly behind: string | null
}

export interface ClosedCalls {
  /** Makes the state of a shard from its log: what of it is on this device, and beyond that, up to `head`, what the server has. */
  readonly open: readonly [asked: { readonly storeId: string; readonly head: number }, answer: ClosedShard]
  readonly marks: readonly [
    asked: { readonly type: DocumentType; readonly after: string; readonly limit: number },
    answer: readonly DocumentMark[],
  ]
  readonly documents: readonly [
    asked: { readonly type: DocumentType; readonly ids: readonly string[] },
    answer: readonly SearchDocument[],
  ]
}

export type ClosedAsk = AskOf<ClosedCalls>
