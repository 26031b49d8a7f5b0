import type { Hour, LastError } from '#schema/health/meter.ts'

/** What an object says of itself: to whoever asks, and in its report. */
export interface Pulse extends Hour {
  readonly storeId: string
  readonly cellId: string
  readonly epoch: number
  readonly at: number
  /** Events of its log. */
  readonly records: number
  readonly bytes: number
  readonly connections: number
  readonly lastError: LastError | null
}
