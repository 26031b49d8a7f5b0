import { useSyncExternalStore } from 'react'
import { getAll, type HistoryNote } from './device-db.ts'

/** Which stores have a history on the server that contradicts what this device, or another of this person, saw. */

let notes: readonly HistoryNote[] = []
let alerts: readonly HistoryNote[] = []
const listeners = new Set<() => void>()
const channel = new BroadcastChannel('pjai-histories')

/** Reads what was found, after it changed; `tell`: other tabs do the same. */
export const readHistories = async ({ tell }: { readonly tell: boolean }): Promise<void> => {
  notes = await getAll('histories')
  alerts = notes.filter(({ alert }) => alert !== null)
  for (const listener of listeners) listener()
  if (tell) channel.postMessage('changed')
}

channel.onmessage = () => void readHistories({ tell: false })

const subscribe = (listener: () => void) => {
  if (listeners.size === 0) void readHistories({ tell: false })
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const useHistories = () => useSyncExternalStore(subscribe, () => notes)
export const useHistoryAlerts = () => useSyncExternalStore(subscribe, () => alerts)
