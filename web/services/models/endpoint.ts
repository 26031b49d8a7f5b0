import { partsOf } from '#schema/providers/base-url.ts'
import type { ProviderAccount } from '#schema/providers/queries.ts'

/** What the world gives, so that a test can. */
export interface World {
  readonly fetch: typeof fetch
  /** Calls back after so many milliseconds, unless it is called off by what it gives. */
  readonly after: (ms: number, run: () => void) => () => void
  readonly isOnline: () => boolean
  /** Of the page: what a provider has to allow. */
  readonly origin: string
  readonly now: () => number
}

export type Target = Pick<ProviderAccount, 'kind' | 'baseUrl' | 'viaProxy' | 'models'>

/** One account to be called: `key` is undefined where it needs none, or has none on this device. */
export interface Endpoint {
  readonly target: Target
  readonly key: string | undefined
  readonly world: World
}

export const hostOf = ({ baseUrl }: Pick<Target, 'baseUrl'>): string => partsOf(baseUrl)?.host ?? baseUrl
