import type { LineStatus } from './mended-sync.ts'

/**
 * How the worker that owns a store tells the pages how its sync is doing. LiveStore's own stream of sync states sends
 * every pending event each time; this sends three values.
 */
export type SyncMessage =
  | { readonly type: 'status'; readonly storeId: string; readonly status: LineStatus }
  /** The store cannot boot: its log says that it is longer than it is. LiveStore itself would say nothing, for ever. */
  | { readonly type: 'headAhead'; readonly storeId: string }
  /** A page that has just opened wants to know. */
  | { readonly type: 'ask'; readonly storeId: string }

export const openSyncChannel = () => new BroadcastChannel('pjai-sync')
