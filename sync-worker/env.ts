/** The bindings of `wrangler.toml`. */
export interface Env {
  readonly ASSETS: Fetcher
  readonly STORE_LOG: DurableObjectNamespace
  readonly DB: D1Database
  readonly BLOBS: R2Bucket
}

declare global {
  /** The version in package.json, put in place by the build. */
  const __APP_VERSION__: string
}
