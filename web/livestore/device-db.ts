import type { VerifiedLog } from '#proof/follow-log.ts'
import type { SecretChange } from '#sealing/owner-secrets.ts'
import type { ShareLink } from '#sealing/share-link.ts'
import type { StoreKeys } from '#sealing/store-secret.ts'

/**
 * What this device keeps outside every log, in IndexedDB: the crash journal, facts set aside, what is known of each shard
 * while it is closed, the keys, the rights, what was purged, the vault, which files' bytes are here and which pictures they
 * are, how far each history is verified, and what this device signs with. WebCrypto's keys are kept as they are: they can
 * be used, not read.
 */
interface Tables {
  journal: JournalEntry
  setAside: SetAside
  shards: ShardNote
  keyrings: Keyring | FirstKeyring
  purges: Purge
  /** `link`: by which a store that is another person's came. */
  storeKeys: StoreKeys & { readonly workspaceId: string; readonly link?: ShareLink }
  rights: Right
  vault: SealedKey
  files: HeldFile
  pictures: PictureNote
  histories: HistoryNote
  signingKeys: { readonly id: 'device'; readonly pair: CryptoKeyPair }
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

/** That nothing of an erasure is left on this device. */
export interface Purge {
  readonly erasureId: string
  readonly storeId: string
  readonly at: Date
}

/** What this device may do with a store, by the server's last word. A store that nothing is known of is its own. */
export interface Right {
  readonly storeId: string
  readonly role: 'owner' | 'editor' | 'auditor' | 'viewer'
  readonly canShare: boolean
  readonly expiresAt: Date | null
  /** When the server said that a right given by another person is no more. */
  readonly endedAt: Date | null
}

/** The bytes of a file on this device: with what key they are sealed here, and whether all of them are. */
export interface HeldFile {
  /** `<store id>/<sha256>` */
  readonly id: string
  readonly storeId: string
  readonly sha256: string
  readonly key: CryptoKey
  readonly isWhole: boolean
  /** The person stopped sending it. */
  readonly isPaused: boolean
}

/** What it takes to find the bytes of a picture on this device without opening its store. */
export interface PictureNote {
  /** `<store id>/<attachment id>` */
  readonly id: string
  readonly storeId: string
  readonly attachmentId: string
  readonly mediaType: string
  readonly bytes: number
  readonly sha256: string
  readonly chunkBytes: number
}

/** How far the server's history of a store is verified here, and what contradicted it. */
export interface HistoryNote {
  readonly storeId: string
  readonly verified: VerifiedLog | undefined
  /** What this device signed for last, and when; or when it first looked. */
  readonly anchored: { readonly seq: number; readonly at: Date }
  readonly checkedAt: Date
  /** `about`: what is not what it should be, if it is not the server's history. */
  readonly alert: { readonly at: Date; readonly sentences: readonly string[]; readonly about?: 'this device' } | null
}

/** The secrets of a workspace, the oldest first, and what opens the next. */
export interface Keyring {
  readonly workspaceId: string
  /** Seals the secrets on this device. */
  readonly deviceKey: CryptoKey
  readonly secrets: readonly KeptSecret[]
  /** By which the secrets changed, as the server has them: it may lose them. */
  readonly changes: readonly SecretChange[]
  /** By which this device is handed the next secret. */
  readonly pair: CryptoKeyPair
}

/** As an older version kept it, which knew one secret. */
export interface FirstKeyring extends KeptSecret {
  readonly workspaceId: string
  readonly deviceKey: CryptoKey
}

/** To derive from, and sealed, to be shown to the person's next device. */
export interface KeptSecret {
  readonly ownerKey: CryptoKey
  readonly nonce: Uint8Array<ArrayBuffer>
  readonly sealedSecret: ArrayBuffer
}

/** The key of a provider's account, sealed by a key of this device alone, which goes with it. */
export interface SealedKey {
  readonly accountId: string
  readonly workspaceId: string
  readonly deviceKey: CryptoKey
  readonly nonce: Uint8Array<ArrayBuffer>
  readonly sealed: ArrayBuffer
}

const database = new Promise<IDBDatabase>((resolve, reject) => {
  const request = indexedDB.open('pjai', 6)
  request.onupgradeneeded = ({ oldVersion }) => {
    if (oldVersion < 1) {
      request.result.createObjectStore('journal', { keyPath: 'id', autoIncrement: true })
      request.result.createObjectStore('setAside', { keyPath: 'id' })
      request.result.createObjectStore('shards', { keyPath: 'storeId' })
    }
    if (oldVersion < 2) {
      request.result.createObjectStore('keyrings', { keyPath: 'workspaceId' })
      request.result.createObjectStore('storeKeys', { keyPath: 'storeId' })
    }
    if (oldVersion < 3) request.result.createObjectStore('purges', { keyPath: 'erasureId' })
    if (oldVersion < 4) request.result.createObjectStore('rights', { keyPath: 'storeId' })
    if (oldVersion < 5) {
      request.result.createObjectStore('vault', { keyPath: 'accountId' })
      request.result.createObjectStore('files', { keyPath: 'id' })
    }
    request.result.createObjectStore('pictures', { keyPath: 'id' })
    request.result.createObjectStore('histories', { keyPath: 'storeId' })
    request.result.createObjectStore('signingKeys', { keyPath: 'id' })
  }
  request.onsuccess = () => {
    request.result.onversionchange = () => request.result.close() // a newer page waits for it
    resolve(request.result)
  }
  request.onerror = () => reject(request.error)
})

export const put = async <Table extends keyof Tables>(table: Table, value: Tables[Table]): Promise<IDBValidKey> => {
  const objects = (await database).transaction(table, 'readwrite').objectStore(table)
  return settled(objects.put(value))
}

/**
 * Writes all of them in one transaction, which takes about as long as one. Gives their keys once they are on the disk: a
 * page that is killed later loses none of them, nor does a power cut.
 */
export const putAll = async <Table extends keyof Tables>(
  table: Table,
  values: readonly Tables[Table][],
): Promise<readonly IDBValidKey[]> => {
  const transaction = (await database).transaction(table, 'readwrite', { durability: 'strict' })
  const objects = transaction.objectStore(table)
  const keys = Promise.all(values.map((value) => settled(objects.put(value))))
  const [written] = await Promise.all([keys, completed(transaction)])
  return written
}

/** The row of a key, or undefined. */
export const get = async <Table extends keyof Tables>(
  table: Table,
  id: IDBValidKey,
): Promise<Tables[Table] | undefined> => settled((await database).transaction(table).objectStore(table).get(id))

/** Writes the value unless there is one of that key; gives what stands there then. */
export const putIfAbsent = async <Table extends keyof Tables>(
  table: Table,
  id: IDBValidKey,
  value: Tables[Table],
): Promise<Tables[Table]> => {
  const objects = (await database).transaction(table, 'readwrite').objectStore(table)
  const found = await settled<Tables[Table] | undefined>(objects.get(id))
  if (found === undefined) await settled(objects.put(value))
  return found ?? value
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

const completed = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
  })
