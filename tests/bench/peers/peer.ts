/** A memory as every peer is given it. */
export interface PeerRow {
  readonly memoryId: string
  readonly content: string
  readonly kind: string
  /** A multiple of a millionth from 0 to 1; no two rows have the same. */
  readonly importance: number
  /** Milliseconds since 1970. */
  readonly occurredAt: number
  readonly tags: readonly string[]
}

/** What a list shows of a memory. */
export interface ListedRow {
  readonly memoryId: string
  readonly importance: number
  readonly text: string
}

/** A peer with its database open, used as its own documentation says. */
export interface PeerStore {
  /** One act. Resolves once a page that crashes loses none of them. */
  readonly add: (rows: readonly PeerRow[]) => Promise<void>
  /** Of a peer that goes on with them in another thread: resolves once that one has them too. */
  readonly untilAcknowledged?: () => Promise<void>
  /** The same rows by whatever is quickest: it is not measured. */
  readonly fill?: (rows: readonly PeerRow[]) => Promise<void>
  /** The fifty most important, the most important first. */
  readonly top: () => Promise<readonly ListedRow[]>
  /** Tells the fifty most important now, and again whenever they are others. Gives what ends it. */
  readonly watchTop: (onAnswer: (rows: readonly ListedRow[]) => void) => Promise<() => void>
  /** The ids of all rows that hold a word. */
  readonly search: (word: string) => Promise<readonly string[]>
}

export type OpenPeer = () => Promise<PeerStore>

export const topCount = 50
