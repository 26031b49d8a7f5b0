import { StoreInternalsSymbol } from '@livestore/livestore'
import { Effect } from 'effect'
import { parseStoreId } from '#schema/stores/store-id.ts'
import type { EngineStore } from '#web/livestore/engine-store.ts'
import { rightTo } from '#web/livestore/rights.ts'

/** Which of the two databases of a store. */
export type Which = 'state' | 'log'

export interface StoreCopy {
  readonly file: Uint8Array<ArrayBuffer>
  /** The number of the last event in it. */
  readonly asOf: number
}

/** A database of an open store as its leader has it on this device. While events come without a pause, it may have more. */
export const copyOf = async (store: EngineStore, which: Which): Promise<StoreCopy> => {
  const { leaderThread } = store[StoreInternalsSymbol].clientSession
  for (let attempt = 1; ; attempt++) {
    const before = await headOf(store)
    const file = await Effect.runPromise(which === 'state' ? leaderThread.export : leaderThread.getEventlogData)
    if (attempt === attempts || (await headOf(store)) === before) return { file, asOf: before }
  }
}

/** Why a store is not to be looked into: no store is called so, or its owner shares it no more. */
export const whyShut = (storeId: string): Error | undefined => {
  const name = parseStoreId(storeId)
  if (name instanceof Error) return name
  return rightTo(storeId)?.endedAt == null
    ? undefined
    : new Error('It is no longer shared with you, so nothing of it is shown.')
}

const headOf = async (store: EngineStore): Promise<number> => {
  const { leader } = await store._dev.syncStates()
  return leader.localHead.global
}

const attempts = 5
