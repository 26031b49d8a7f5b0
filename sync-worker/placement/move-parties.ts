import type { Place } from '#sync-worker/placement.ts'
import type { Away } from './away.ts'
import type { Move } from './move.ts'
import type { Digest, Extent, TablePage } from './table-copy.ts'

/** What a move asks of the objects at its two ends. Each may be asked twice. */
export interface MoveCalls {
  readonly measure: () => Survey | Away
  readonly survey: () => Survey
  readonly readTable: (table: string, after: number, upTo: number) => TablePage
  readonly digest: (table: string, after: number, upTo: number) => Digest
  readonly lend: (moveId: string) => readonly Extent[]
  readonly fence: (moveId: string) => readonly Extent[]
  readonly lift: (moveId: string) => void
  readonly release: (moveId: string) => void
  readonly retire: (moveId: string, to: Place) => void
  readonly forgetKeys: (moveId: string) => void
  readonly clean: (moveId: string) => void
  readonly receive: (moveId: string) => void
  readonly take: (moveId: string, from: Place, extent: Extent) => Taken
  readonly activate: (moveId: string) => void
  readonly settle: (moveId: string) => void
  readonly abandon: (moveId: string) => void
}

/** What a move would carry. */
export interface Survey {
  readonly events: number
  readonly bytes: number
  /** The hash of the chain at the last event. */
  readonly headHash: string | null
  readonly extents: readonly Extent[]
}

export interface Taken {
  readonly last: number
  readonly rows: number
}

/** What the Worker asks of a store's desk. */
export interface MoveDeskCalls extends Rpc.DurableObjectBranded {
  readonly start: (order: MoveOrder) => Move | 'MoveUnderWay'
  readonly rollBack: (moveId: string) => Move | 'MoveNotFound' | 'MoveTooFar'
  readonly moves: () => readonly Move[]
  readonly resume: () => void
}

export interface MoveOrder {
  readonly moveId: string
  readonly storeId: string
  readonly from: Place
  readonly to: Place
}
