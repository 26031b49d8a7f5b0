import type { LogPage } from '#proof/log-page.ts'
import type { DestroyedKey, DestroyedKeys, KeyPage, KeyRow } from './key-table.ts'
import type { Withdrawal } from './rights/withdrawal.ts'

/** The bindings of `wrangler.toml`. */
export interface Env {
  readonly ASSETS: Fetcher
  readonly STORE_LOG: DurableObjectNamespace<StoreLogCalls>
  readonly DB: D1Database
  readonly BLOBS: R2Bucket
  /** Providers that may be called by way of this server besides the well-known ones, separated by spaces. */
  readonly PROXY_HOSTS?: string
}

/** What the Worker asks of a store's object, besides passing requests on. */
export interface StoreLogCalls extends Rpc.DurableObjectBranded {
  readonly withdraw: (withdrawal: Withdrawal) => void
  readonly readLog: (after: number, limit: number, sessionId: string) => LogPage | 'TooManyPages'
  readonly readKeys: (from: number) => KeyPage
  readonly addKeys: (rows: readonly KeyRow[]) => readonly KeyRow[]
  readonly destroyKeys: (keyIds: readonly string[], now: number) => readonly DestroyedKey[]
  readonly isDestroyed: (keyId: string) => boolean
  readonly destroyAllKeys: (now: number) => DestroyedKeys
}

declare global {
  /** The version in package.json, put in place by the build. */
  const __APP_VERSION__: string
}
