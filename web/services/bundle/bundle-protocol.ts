import type { SealedFor } from '#bundle/secrets.ts'
import type { BundleVerification } from '#bundle/verify-bundle.ts'
import type { Anchor } from '#proof/checkpoint.ts'
import type { AskOf } from '#web/services/worker-calls.ts'

// What the page and the worker that makes and reads bundles say to each other.

export interface MakeAsked {
  readonly storeId: string
  readonly anchors: readonly Anchor[]
  readonly sealedFor: SealedFor
  /** Where the person wants it; null where the browser lets nobody choose, and it is made in its own store. */
  readonly out: FileSystemFileHandle | null
}

export interface Made {
  readonly events: number
  readonly blobs: number
  readonly bytes: number
  /** What is to be handed over; null when it lies where the person wanted it. */
  readonly file: File | null
}

export interface VerifiedBundle {
  readonly verification: BundleVerification
  readonly sentences: readonly string[]
  readonly storeId: string
  readonly serverKeys: readonly string[]
  readonly deviceKeys: readonly string[]
  readonly blobs: number
}

/** Each call and what it answers. A sentence in place of an answer says why there is none. */
export interface BundleCalls {
  readonly make: readonly [asked: MakeAsked, answer: Made]
  readonly verify: readonly [asked: { readonly file: File }, answer: VerifiedBundle]
}

export interface BundleProgress {
  readonly what: 'events' | 'parts of files' | 'bytes written' | 'bytes read'
  readonly done: number
  readonly of: number
}

export type Ask = AskOf<BundleCalls>
