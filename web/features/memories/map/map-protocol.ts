import type { AskOf } from '#web/services/worker-calls.ts'
import type { ArrangeAsked } from './arrange.ts'
import type { Region } from './regions.ts'

export interface MapCalls {
  readonly arrange: readonly [
    asked: ArrangeAsked,
    answer: { readonly places: Float32Array; readonly apart: readonly number[]; readonly regions: readonly Region[] },
  ]
}

export type MapAsk = AskOf<MapCalls>

/** How much is done, 0–1. */
export interface MapNotice {
  readonly part: number
}
