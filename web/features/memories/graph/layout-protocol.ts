import type { AskOf } from '#web/services/worker-calls.ts'
import type { LayoutAsked } from './layout.ts'

export interface LayoutCalls {
  readonly settle: readonly [asked: LayoutAsked, places: Float32Array]
}

export type LayoutAsk = AskOf<LayoutCalls>

/** How far it is. */
export interface LayoutNotice {
  readonly places: Float32Array
  /** 0–1. */
  readonly part: number
}
