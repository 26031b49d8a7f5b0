import { useSyncExternalStore } from 'react'
import type { Due } from './due.ts'

/** How far the files of a store are made that is about to open. */
export interface Preparation {
  readonly due: Due
  /** Events; of none as long as it is not known how many there are. */
  readonly done: number
  readonly of: number
  /** For another store of the page, which is made first. */
  readonly isWaiting: boolean
  /** Leaves it to LiveStore, which opens it at once, or takes its time. */
  readonly stop: () => void
}

const running = new Map<string, Preparation>()
const listeners = new Set<() => void>()

export const tellPreparation = (storeId: string, preparation: Preparation | undefined) => {
  if (preparation === undefined) running.delete(storeId)
  else running.set(storeId, preparation)
  for (const listener of listeners) listener()
}

export const preparationOf = (storeId: string): Preparation | undefined => running.get(storeId)

export const usePreparation = (storeId: string) => useSyncExternalStore(subscribe, () => preparationOf(storeId))

/** Resolves when the files of no store are being made. */
export const untilPrepared = () =>
  new Promise<void>((resolve) => {
    const look = () => {
      if (running.size > 0) return
      listeners.delete(look)
      resolve()
    }
    listeners.add(look)
    look()
  })

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
