/** What was asked of a store on this device, the newest first, each once. */
export type PastQueries = readonly string[]

export const pastQueries = (storage: Pick<Storage, 'getItem'>, storeId: string): PastQueries => {
  try {
    const read: unknown = JSON.parse(storage.getItem(keyOf(storeId)) ?? '[]')
    return Array.isArray(read) ? read.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}

export const noteQuery = (storage: Pick<Storage, 'getItem' | 'setItem'>, storeId: string, sql: string): PastQueries => {
  const queries = [sql, ...pastQueries(storage, storeId).filter((one) => one !== sql)].slice(0, kept)
  try {
    storage.setItem(keyOf(storeId), JSON.stringify(queries))
  } catch {
    // A device without room forgets what was asked; the answer is there all the same.
  }
  return queries
}

export const forgetQueries = (storage: Pick<Storage, 'removeItem'>, storeId: string): PastQueries => {
  storage.removeItem(keyOf(storeId))
  return []
}

/** From a place in the history to the one before (`1`) or after (`-1`) it; -1 is what is being written. */
export const placeInHistory = (place: number, by: 1 | -1, queries: PastQueries): number =>
  Math.max(-1, Math.min(queries.length - 1, place + by))

/** Its last part is an id, so that erasing the persona takes the questions along. */
const keyOf = (storeId: string) => `pjai.queries.${storeId.split('_').at(-1)}`

const kept = 100
