import { parseStoreId } from '#schema/stores/store-id.ts'
import type { SyncStatus } from '#web/livestore/sync-status.ts'

export type SyncState = 'contradicted' | 'refused' | 'saving' | 'offline' | 'syncing' | 'synced'

export interface SyncSummary {
  readonly state: SyncState
  /** Facts on this device that the server does not have, in open and in closed shards. */
  readonly waiting: number
  readonly refusal: string | null
}

/**
 * All shards in one word, worst first. `debts`: what closed shards still owe the server; `alerts`: of how many the server's
 * history failed verification.
 */
export const summaryOf = (open: readonly SyncStatus[], debts: number, online: boolean, alerts = 0): SyncSummary => {
  const waiting = open.reduce((sum, status) => sum + status.waiting, debts)
  const refusal = open.find((status) => status.refusal !== null)?.refusal?.message ?? null
  return { state: alerts > 0 ? 'contradicted' : stateOf(open, waiting, online), waiting, refusal }
}

interface Shard {
  readonly storeId: string
  readonly state: string
  readonly waiting: number
}

/** What closed shards owe. A workspace that was left keeps what it owes until it is shown again: nothing is on its way. */
export const closedDebtsOf = (shards: readonly Shard[]): number =>
  shards.reduce((sum, { storeId, state, waiting }) => {
    const name = parseStoreId(storeId)
    const isLeft = !(name instanceof Error) && name.kind === 'workspace'
    return state === 'closed' && !isLeft ? sum + waiting : sum
  }, 0)

const stateOf = (open: readonly SyncStatus[], waiting: number, online: boolean): SyncState => {
  if (open.some(({ refusal }) => refusal !== null)) return 'refused'
  if (open.some(({ unsaved }) => unsaved > 0)) return 'saving'
  if (!online || open.some(({ connected }) => !connected)) return 'offline'
  return waiting > 0 ? 'syncing' : 'synced'
}

export const sentenceFor = ({ state, waiting, refusal }: SyncSummary): string =>
  ({
    contradicted: 'The server’s history of a shard failed verification. What is here is as it was: see Shards.',
    refused: `The server refuses: ${refusal ?? 'it gives no reason.'} What is here is safe on this device.`,
    saving: 'Being saved on this device.',
    offline:
      waiting === 0
        ? 'Saved on this device. The server is not reached.'
        : 'Saved on this device, and sent as soon as the server is reached.',
    syncing: 'Saved on this device, on its way to the server.',
    synced: 'Saved on this device and on the server.',
  })[state]
