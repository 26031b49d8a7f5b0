import { useSyncExternalStore } from 'react'
import type { LineStatus } from './mended-sync.ts'
import { openSyncChannel, type SyncMessage } from './sync-channel.ts'
import { noteWait } from './waits.ts'

/** Where the newest fact of a store is: on screen only, saved on this device, or on the server too. */
export interface SyncStatus {
  readonly storeId: string
  /** Events of the log as this page has it, pending ones included. */
  readonly events: number
  /** Facts on screen that the leader does not have yet. */
  readonly unsaved: number
  /** Facts saved here that the server does not have yet. */
  readonly waiting: number
  readonly connected: boolean
  readonly refusal: LineStatus['refusal']
  /** Until when all facts were saved here, and until when all were on the server; null while they are. */
  readonly unsavedSince: Date | null
  readonly waitingSince: Date | null
}

interface Known {
  readonly localHead: number
  readonly unsaved: number
  readonly line: LineStatus
}

const known = new Map<string, Known>()
const statuses = new Map<string, SyncStatus>()
const listeners = new Set<() => void>()
const disconnected: LineStatus = { connected: false, confirmed: 0, refusal: null }

const waitingForHead = new Map<string, () => void>()

const channel = openSyncChannel()
channel.onmessage = ({ data }: MessageEvent<SyncMessage>) => {
  if (data.type === 'status') learn(data.storeId, { line: data.status })
  if (data.type === 'headAhead') waitingForHead.get(data.storeId)?.()
}

/** Called when a store opens, with the highest event the server had confirmed when it was last open. */
export const watchSync = (storeId: string, confirmed: number) => {
  learn(storeId, { line: { ...disconnected, ...known.get(storeId)?.line, confirmed } })
  channel.postMessage({ type: 'ask', storeId } satisfies SyncMessage)
}

/** Called by the store on every change between this page and its leader. `localHead` counts events, pending included. */
export const learnLocal = (storeId: string, localHead: number, unsaved: number) =>
  learn(storeId, { localHead, unsaved })

/** Resolves when the worker of a store that is being opened says that its head is ahead of its log. */
export const untilHeadAhead = (storeId: string) => {
  let isTold = false
  const told = new Promise<void>((resolve) =>
    waitingForHead.set(storeId, () => {
      isTold = true
      resolve()
    }),
  )
  return { told, isTold: () => isTold, stop: () => waitingForHead.delete(storeId) }
}

export const forgetSync = (storeId: string) => {
  known.delete(storeId)
  statuses.delete(storeId)
  publish()
}

const learn = (storeId: string, change: Partial<Known>) => {
  const before = known.get(storeId) ?? { localHead: 0, unsaved: 0, line: disconnected }
  const line = change.line ?? before.line
  const now: Known = {
    localHead: change.localHead ?? before.localHead,
    unsaved: change.unsaved ?? before.unsaved,
    line: { ...line, confirmed: Math.max(line.confirmed, before.line.confirmed) },
  }
  known.set(storeId, now)
  const last = statuses.get(storeId)
  const waiting = Math.max(0, now.localHead - now.line.confirmed)
  const next: SyncStatus = {
    storeId,
    events: now.localHead,
    unsaved: now.unsaved,
    waiting,
    connected: now.line.connected,
    refusal: now.line.refusal,
    unsavedSince: now.unsaved === 0 ? null : (last?.unsavedSince ?? new Date()),
    waitingSince: waiting === 0 ? null : (last?.waitingSince ?? new Date()),
  }
  if (JSON.stringify(last) === JSON.stringify(next)) return
  statuses.set(storeId, next)
  noteWaits(last, next)
  publish()
}

/** Stores that waited for the network: how long that takes says nothing of the server. */
const offline = new Set<string>()

const noteWaits = (last: SyncStatus | undefined, next: SyncStatus) => {
  const { storeId } = next
  const since = (begun: Date) => Date.now() - begun.getTime()
  if (last?.unsavedSince && next.unsavedSince === null) noteWait({ name: 'saved', ms: since(last.unsavedSince) })
  if (last?.waitingSince && next.waitingSince === null && !offline.has(storeId))
    noteWait({ name: 'synced', ms: since(last.waitingSince) })
  if (!next.connected) offline.add(storeId)
  else if (next.waiting === 0) offline.delete(storeId)
  if (last?.refusal === null && next.refusal !== null) noteWait({ name: 'error', kind: 'sync refused', ms: 0 })
}

let all: readonly SyncStatus[] = []

const publish = () => {
  all = [...statuses.values()]
  for (const listener of listeners) listener()
}

export const subscribeToSync = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const syncStatusOf = (storeId: string): SyncStatus | undefined => statuses.get(storeId)
export const useSyncStatus = (storeId: string) => useSyncExternalStore(subscribeToSync, () => statuses.get(storeId))
export const allSyncStatuses = (): readonly SyncStatus[] => all
export const useSyncStatuses = () => useSyncExternalStore(subscribeToSync, () => all)

/** Where a fact of the time `at` is. Facts of others, and older ones, are everywhere. */
export const placeOf = (status: SyncStatus | undefined, at: Date): 'device' | 'leader' | 'server' => {
  if (status?.unsavedSince && at >= status.unsavedSince) return 'device'
  return status?.waitingSince && at >= status.waitingSince ? 'leader' : 'server'
}
