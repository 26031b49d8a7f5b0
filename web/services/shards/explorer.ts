import { pool } from '#web/livestore/stores.ts'
import { callsTo, type WorkerCalls } from '#web/services/worker-calls.ts'
import ExplorerWorker from './explorer.worker.ts?worker'
import type { ExplorerCalls } from './explorer-protocol.ts'
import { copyOf, type Which, whyShut } from './store-copy.ts'
import type { Table } from './tables.ts'

/** What a store holds, as of an event. */
export interface Holding {
  readonly asOf: number
  readonly tables: readonly Table[]
  /** Bytes of the database. */
  readonly bytes: number
}

/** One database of a store, copied into a worker of its own, where it can only be read. */
export interface Explorer {
  readonly ask: WorkerCalls<ExplorerCalls>['call']
  /** Takes the place of what was copied before. */
  readonly copyAnew: () => Promise<Holding>
  /** What was asked is never answered. */
  readonly close: () => void
}

/** Opens the store first, if it is not open, and keeps it open until `close`. */
export const openExplorer = async (storeId: string, which: Which): Promise<Explorer> => {
  const shut = whyShut(storeId)
  if (shut !== undefined) throw shut
  const store = await pool.open(storeId)
  const release = pool.retain(storeId)
  const { call, end } = callsTo<ExplorerCalls, never>(
    new ExplorerWorker(),
    'The part of the page that reads stores could not be loaded.',
    () => undefined,
  )
  return {
    ask: call,
    copyAnew: async () => {
      const { file, asOf } = await copyOf(store, which)
      const bytes = file.byteLength
      const tables = await call('open', { file }, [file.buffer])
      return { asOf, tables, bytes }
    },
    close: () => {
      end()
      release()
    },
  }
}
