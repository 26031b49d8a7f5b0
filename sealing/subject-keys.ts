import { Data, Encoding } from 'effect'
import type { StoreKeys } from './store-secret.ts'
import { theStore } from './subjects.ts'

/**
 * The keys of a store's subjects: one random key each, wrapped by the store's, in a table beside the log.
 *
 *     subject ──HMAC, naming key──► keyId ──table──► wrapped key ──wrapping key──► key
 *                                          └───────► null: destroyed
 *
 * Invariants: a subject has one key, whoever names it first; a destroyed key never returns, and nothing is sealed for its
 * subject again; keys are unwrapped into WebCrypto and never stored unwrapped.
 */
export interface KeyTable {
  /** The rows from a position on, the position after the last of them, and whether there are more. */
  readonly read: (
    from: number,
  ) => Promise<{ readonly rows: readonly KeyRow[]; readonly next: number; readonly more: boolean }>
  /** Adds the rows whose ids are new, and gives all as the table has them now. */
  readonly add: (rows: readonly KeyRow[]) => Promise<readonly KeyRow[]>
}

export interface KeyRow {
  readonly keyId: string
  /** Null when the key was destroyed. */
  readonly wrapped: string | null
}

export interface SubjectKey {
  readonly keyId: string
  readonly key: CryptoKey | 'erased'
}

export interface SubjectKeys {
  /** The keys to seal with. `erased`: the subject is no more, and neither is what is said about it. */
  readonly toSeal: (subjects: ReadonlySet<string>) => Promise<ReadonlyMap<string, SubjectKey>>
  /** The keys to open with. */
  readonly toOpen: (keyIds: ReadonlySet<string>) => Promise<ReadonlyMap<string, CryptoKey | 'erased'>>
}

export const makeSubjectKeys = (store: StoreKeys, table: KeyTable): SubjectKeys => {
  const rows = new Map<string, string | null>()
  const keys = new Map<string, Promise<CryptoKey>>()
  const names = new Map<string, Promise<string>>()
  let read = 0

  const take = (taken: readonly KeyRow[]) => {
    for (const { keyId, wrapped } of taken) {
      rows.set(keyId, wrapped)
      if (wrapped === null) keys.delete(keyId)
    }
  }

  const readOn = async () => {
    for (let isMore = true; isMore; ) {
      const { rows: page, next, more } = await table.read(read)
      take(page)
      read = next
      isMore = more
    }
  }

  const keyOf = (keyId: string): Promise<CryptoKey> | 'erased' | undefined => {
    const wrapped = rows.get(keyId)
    if (wrapped === undefined) return undefined
    if (wrapped === null) return 'erased'
    const key = keys.get(keyId) ?? unwrap(store, keyId, wrapped)
    keys.set(keyId, key)
    return key
  }

  const nameOf = (subject: string) => {
    const name = names.get(subject) ?? nameSubject(store, subject)
    names.set(subject, name)
    return name
  }

  /**
   * Every store has a key for what is about it as a whole. It is asked for first: whoever holds other secrets than those
   * who wrote here before learns it by that, and writes nothing that they could not read.
   */
  let isOurs: Promise<void> | undefined
  const proveOurs = async () => {
    await readOn()
    const keyId = await nameOf(theStore)
    if (rows.size > 0 && !rows.has(keyId)) throw new WrongSecret({ storeId: store.storeId })
    if (rows.size === 0) take(await table.add([{ keyId, wrapped: await wrapNew(store, keyId) }]))
    await keyOf(keyId)
  }

  return {
    toSeal: async (subjects) => {
      isOurs ??= proveOurs()
      await isOurs.catch((error: unknown) => {
        isOurs = undefined
        throw error
      })
      if (rows.get(await nameOf(theStore)) === null) throw new StoreErased()
      const named = await Promise.all([...subjects].map(async (subject) => [subject, await nameOf(subject)] as const))
      const unnamed = named.filter(([, keyId]) => !rows.has(keyId))
      if (unnamed.length > 0) {
        const added = unnamed.map(async ([, keyId]) => ({ keyId, wrapped: await wrapNew(store, keyId) }))
        take(await table.add(await Promise.all(added)))
      }
      return new Map(
        await Promise.all(
          named.map(async ([subject, keyId]) => {
            const key = await keyOf(keyId)
            if (key === undefined) throw new KeyMissing({ keyId })
            return [subject, { keyId, key }] as const
          }),
        ),
      )
    },
    toOpen: async (keyIds) => {
      if (![...keyIds].every((keyId) => rows.has(keyId))) await readOn()
      return new Map(
        await Promise.all(
          [...keyIds].map(async (keyId) => {
            const key = await keyOf(keyId)
            if (key === undefined) throw new KeyMissing({ keyId })
            return [keyId, key] as const
          }),
        ),
      )
    },
  }
}

/** The id of a subject's key: 128 bits that only the holders of the store's secret can compute, as 22 letters, digits, - and _. */
export const nameSubject = async ({ namingKey }: StoreKeys, subject: string): Promise<string> => {
  const name = await crypto.subtle.sign('HMAC', namingKey, new TextEncoder().encode(subject))
  return Encoding.encodeBase64Url(new Uint8Array(name, 0, 16))
}

const wrapNew = async (store: StoreKeys, keyId: string): Promise<string> => {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt'])
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const wrapped = await crypto.subtle.wrapKey('raw', key, store.wrappingKey, wrapping(store, keyId, nonce))
  return Encoding.encodeBase64(new Uint8Array([...nonce, ...new Uint8Array(wrapped)]))
}

const unwrap = async (store: StoreKeys, keyId: string, wrapped: string): Promise<CryptoKey> => {
  const bytes = Encoding.decodeBase64(wrapped)
  if (bytes._tag === 'Left') throw new WrongSecret({ storeId: store.storeId })
  const [nonce, key] = [new Uint8Array(bytes.right.slice(0, 12)), new Uint8Array(bytes.right.slice(12))]
  return crypto.subtle
    .unwrapKey('raw', key, store.wrappingKey, wrapping(store, keyId, nonce), 'AES-GCM', false, ['encrypt', 'decrypt'])
    .catch(() => {
      throw new WrongSecret({ storeId: store.storeId })
    })
}

const wrapping = ({ storeId }: StoreKeys, keyId: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(JSON.stringify(['pjai key 1', storeId, keyId])),
})

export class WrongSecret extends Data.TaggedError('WrongSecret')<{ readonly storeId: string }> {
  override get message() {
    return 'What is on the server is sealed with another secret than this device holds. Open the link of this workspace again, from a device that shows it.'
  }
}

export class StoreErased extends Data.TaggedError('StoreErased') {
  override get message() {
    return 'This was erased on another device. Nothing more can be written to it.'
  }
}

export class KeyMissing extends Data.TaggedError('KeyMissing')<{ readonly keyId: string }> {
  override get message() {
    return 'The server holds something sealed without the key to it, and does not say that it was erased.'
  }
}
