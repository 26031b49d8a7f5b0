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

/** Begins `work` once the files of no store were made for a while. Gives what calls it off. */
export const whenQuiet = (work: () => void, ms = 10_000): (() => void) => {
  let timer: ReturnType<typeof setTimeout> | undefined
  const end = () => {
    clearTimeout(timer)
    listeners.delete(look)
  }
  const begin = () => {
    end()
    work()
  }
  const look = () => {
    clearTimeout(timer)
    if (running.size === 0) timer = setTimeout(begin, ms)
  }
  listeners.add(look)
  look()
  return end
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
