/**
 * What this device keeps outside every log, in IndexedDB: the crash journal, facts set aside, and what is known of each
 * shard while it is closed.
 */
interface Tables {
  journal: JournalEntry
  setAside: SetAside
  shards: ShardNote
}

/** An event as it stands in a log: name and encoded arguments. */
export interface EncodedFact {
  readonly name: string
  readonly args: unknown
}

export interface JournalEntry {
  readonly id?: number
  readonly storeId: string
  readonly sessionId: string
  readonly facts: readonly EncodedFact[]
}

/** Facts taken out of a shard that could not keep them, until the person offers them again or lets them go. */
export interface SetAside {
  readonly id: string
  readonly storeId: string
  readonly reason: string
  readonly at: Date
  readonly facts: readonly EncodedFact[]
}

export interface ShardNote {
  readonly storeId: string
  readonly revision: number
  readonly openedAt: Date
  /** Events of the log on this device, and how many of them the server lacks. */
  readonly events: number
  readonly waiting: number
}

const database = new Promise<IDBDatabase>((resolve, reject) => {
  const request = indexedDB.open('pjai', 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore('journal', { keyPath: 'id', autoIncrement: true })
    request.result.createObjectStore('setAside', { keyPath: 'id' })
    request.result.createObjectStore('shards', { keyPath: 'storeId' })
  }
  request.onsuccess = () => resolve(request.result)
  request.onerror = () => reject(request.error)
})

export const put = async <Table extends keyof Tables>(table: Table, value: Tables[Table]): Promise<IDBValidKey> => {
  const objects = (await database).transaction(table, 'readwrite').objectStore(table)
  return settled(objects.put(value))
}

/** Writes all of them in one transaction, which takes about as long as one. Gives their keys. */
export const putAll = async <Table extends keyof Tables>(
  table: Table,
  values: readonly Tables[Table][],
): Promise<readonly IDBValidKey[]> => {
  // Relaxed: it survives a killed browser, which is what it is for; only a power cut may take the last moment along.
  const objects = (await database).transaction(table, 'readwrite', { durability: 'relaxed' }).objectStore(table)
  return Promise.all(values.map((value) => settled(objects.put(value))))
}

export const getAll = async <Table extends keyof Tables>(table: Table): Promise<readonly Tables[Table][]> =>
  settled((await database).transaction(table).objectStore(table).getAll())

export const remove = async (table: keyof Tables, ids: readonly IDBValidKey[]): Promise<void> => {
  const objects = (await database).transaction(table, 'readwrite').objectStore(table)
  await Promise.all(ids.map((id) => settled(objects.delete(id))))
}

const settled = <A>(request: IDBRequest<A>): Promise<A> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })
