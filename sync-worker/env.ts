import type { KeyPage, KeyRow } from './key-table.ts'

/** The bindings of `wrangler.toml`. */
export interface Env {
  readonly ASSETS: Fetcher
  readonly STORE_LOG: DurableObjectNamespace<StoreLogMethods>
  readonly DB: D1Database
  readonly BLOBS: R2Bucket
}

/** What the Worker asks of a store's object, besides passing requests on. */
export interface StoreLogMethods extends Rpc.DurableObjectBranded {
  readonly readKeys: (from: number) => KeyPage
  readonly addKeys: (rows: readonly KeyRow[]) => readonly KeyRow[]
}

declare global {
  /** The version in package.json, put in place by the build. */
  const __APP_VERSION__: string
}
