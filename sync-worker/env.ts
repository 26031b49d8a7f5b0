import type { LogPage } from '#proof/log-page.ts'
import type { HealthDeskCalls } from './health/health-desk-calls.ts'
import type { Pulse } from './health/pulse.ts'
import type { DestroyedKey, DestroyedKeys, KeyPage, KeyRow } from './key-table.ts'
import type { Away } from './placement/away.ts'
import type { MoveCalls, MoveDeskCalls } from './placement/move-parties.ts'
import type { RebalancerCalls } from './placement/rebalancer-calls.ts'
import type { Withdrawal } from './rights/withdrawal.ts'

/** The bindings of `wrangler.toml`. */
export interface Env {
  readonly ASSETS: Fetcher
  readonly STORE_LOG: DurableObjectNamespace<StoreLogCalls>
  readonly MOVE_DESK: DurableObjectNamespace<MoveDeskCalls>
  readonly REBALANCER: DurableObjectNamespace<RebalancerCalls>
  readonly HEALTH_DESK: DurableObjectNamespace<HealthDeskCalls>
  readonly DB: D1Database
  readonly BLOBS: R2Bucket
  /** Providers that may be called by way of this server besides the well-known ones, separated by spaces. */
  readonly PROXY_HOSTS?: string
  /** The cells and their options (`schema/placement/cells.ts`). */
  readonly CELLS?: string
  /** By which strategy new stores are placed: hash, range or directory. */
  readonly PLACEMENT?: string
  /** With the strategy range: from which time on which cell takes them. */
  readonly RANGES?: string
  /** Stores that go where they are told, whatever the strategy. */
  readonly PINS?: string
  /** What plans moves: packing, by what was measured, or ring. */
  readonly PLANNER?: string
  /** Who may change cells, policy and settings: accounts or their verified e-mails, separated by spaces; `localhost` is everybody at the server's own machine, `*` everybody. */
  readonly OPERATORS?: string
  /** How many milliseconds a move rests after each step. None, but where a test wants to look, or to kill. */
  readonly MOVE_REST?: string
  /** Where alerts may be told besides public addresses by https, as PROXY_HOSTS names hosts. */
  readonly WEBHOOK_HOSTS?: string
  /** Where traces and metrics are sent by OTLP over HTTP; nowhere, if it is empty. */
  readonly OTEL_EXPORTER_OTLP_ENDPOINT?: string
  /** Sent along: `name=value,name=value`. */
  readonly OTEL_EXPORTER_OTLP_HEADERS?: string
}

/** What the Worker asks of a store's object, besides passing requests on. */
export interface StoreLogCalls extends Rpc.DurableObjectBranded, MoveCalls {
  readonly pulse: () => Pulse | Away
  readonly withdraw: (withdrawal: Withdrawal) => Away | undefined
  readonly readLog: (after: number, limit: number, sessionId: string) => LogPage | 'TooManyPages' | Away
  readonly readKeys: (from: number) => KeyPage | Away
  readonly addKeys: (rows: readonly KeyRow[]) => readonly KeyRow[] | 'CellReadOnly' | Away
  readonly destroyKeys: (keyIds: readonly string[], now: number) => readonly DestroyedKey[] | Away
  readonly isDestroyed: (keyId: string) => boolean | Away
  readonly expectFileLinkEnd: (at: number) => Away | undefined
  readonly destroyAllKeys: (now: number) => DestroyedKeys | Away
}

declare global {
  /** The version in package.json, put in place by the build. */
  const __APP_VERSION__: string
}
