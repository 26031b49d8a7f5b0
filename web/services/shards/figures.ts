import { stateTablesOf } from '#schema/stores/state-tables.ts'
import type { EngineStore } from '#web/livestore/engine-store.ts'
import { bytesOfShard, isOnThisDevice, readStateFile } from '#web/livestore/shard-files.ts'
import { whileClosed } from '#web/livestore/shard-lock.ts'
import { pool } from '#web/livestore/stores.ts'
import { callsTo } from '#web/services/worker-calls.ts'
import ExplorerWorker from './explorer.worker.ts?worker'
import type { ExplorerCalls } from './explorer-protocol.ts'
import { whyShut } from './store-copy.ts'
import { quoted } from './tables.ts'

/** How much a store holds on this device. */
export interface Figures {
  readonly tables: number
  readonly rows: number
  readonly bytes: number
}

export interface FigureReader {
  /** Undefined when the store is not here, or open in another tab alone. No store is opened for it. */
  readonly read: (storeId: string) => Promise<Figures | undefined>
  readonly close: () => void
}

export const openFigures = (): FigureReader => {
  const { call, end } = callsTo<ExplorerCalls, never>(
    new ExplorerWorker(),
    'The part of the page that reads stores could not be loaded.',
    () => undefined,
  )
  const countClosed = async (storeId: string) => {
    const file = await whileClosed(storeId, () => readStateFile(storeId))
    if (file === undefined || file.byteLength === 0) return undefined
    const tables = (await call('open', { file }, [file.buffer])).filter(({ isOfEngine }) => !isOfEngine)
    return { tables: tables.length, rows: tables.reduce((sum, { rows }) => sum + rows, 0) }
  }
  return {
    read: async (storeId) => {
      if (whyShut(storeId) !== undefined || !(await isOnThisDevice(storeId))) return undefined
      const store = pool.peek(storeId)
      const counted = store === undefined ? await countClosed(storeId) : countOpen(store)
      return counted === undefined ? undefined : { ...counted, bytes: await bytesOfShard(storeId) }
    },
    close: end,
  }
}

const countOpen = (store: EngineStore) => {
  const names = stateTablesOf(store.schema).map(({ name }) => name)
  const counts = names.map((name) => `(select count(*) from ${quoted(name)})`).join(' + ')
  const [row] = store.query<{ readonly rows: number }[]>({ query: `select ${counts} as rows`, bindValues: [] })
  return { tables: names.length, rows: row?.rows ?? 0 }
}
