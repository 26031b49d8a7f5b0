import { useSyncExternalStore } from 'react'

/** How far the files of a store are made that is about to open. */
export interface Preparation {
  /** Events. */
  readonly done: number
  readonly of: number
  /** Opens it as it is on the server’s side: event by event. */
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

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
