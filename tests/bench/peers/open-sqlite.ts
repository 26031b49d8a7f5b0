import type { PeerStore } from './peer.ts'
import { watchByAsking } from './serve-peer.ts'
import type { SqliteCalls } from './sqlite.worker.ts'
import SqliteWorker from './sqlite.worker.ts?worker'

/** `personas`: how many the file is filled for; one of them is asked. */
export const openSqlite = async (personas: number): Promise<PeerStore> => {
  const worker = new SqliteWorker()
  /** They are answered in the order they came. */
  const call = <Call extends keyof SqliteCalls>(name: Call, ...args: Parameters<SqliteCalls[Call]>) =>
    new Promise<ReturnType<SqliteCalls[Call]>>((resolve, reject) => {
      worker.addEventListener('message', ({ data }) => resolve(data), { once: true })
      worker.addEventListener('error', ({ message }) => reject(new Error(message)), { once: true })
      worker.postMessage([name, ...args], [])
    })
  const top = () => call('top')
  const { tell, watchTop } = watchByAsking(top)
  return {
    add: async (rows) => {
      await call('add', rows, 1)
      void tell()
    },
    fill: (rows) => call('add', rows, personas),
    top,
    watchTop,
    search: (word) => call('search', word),
  }
}
