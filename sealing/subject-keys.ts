import { Data } from 'effect'
import type { StoreKeys } from './store-secret.ts'
import { theStore } from './subjects.ts'
import { nameSubject, unwrapByAny, WrongSecret, wrapNew } from './wrapped-key.ts'

/**
 * The keys of a store's subjects: one random key each, wrapped by the store's, in a table beside the log.
 *
 *     subject ──HMAC, naming key──► keyId ──table──► wrapped key ──wrapping key──► key
 *                                          └───────► null: destroyed
 *
 * Each generation of the store's keys names and wraps anew; the newest whose key for the store as a whole is in the table
 * is the one that seals. So no message says which it is: who begins the next adds that row. Two devices may begin the same
 * generation from two secrets of the owner: both hold, and the newer secret seals.
 *
 * Invariants: a subject has one key a generation, whoever names it first; a destroyed key never returns, and nothing is
 * sealed for its subject again; keys are unwrapped into WebCrypto and never stored unwrapped.
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
  /** The ids of the subjects' keys in all generations, whether they were made or not. */
  readonly namesOf: (subjects: readonly string[]) => Promise<readonly string[]>
  /** Those that began, the one that seals last. */
  readonly generations: () => Promise<readonly Generation[]>
  /** Begins the next generation, whose keys these are: whoever reads the table and holds them seals by them from now on. */
  readonly begin: (next: StoreKeys) => Promise<void>
}

/** Number `generation` of a store's keys, of secret number `era` of its owner. */
export interface Generation {
  readonly generation: number
  readonly era: number
}

/** Where the keys after the first come from. */
export interface LaterKeys {
  /** Those that a generation may have: one for each secret that this device holds, the oldest first. */
  readonly of: (generation: number) => Promise<readonly StoreKeys[]>
  /** Asks for secrets that this device has not heard of. */
  readonly learn: () => Promise<void>
}

const none: LaterKeys = { of: async () => [], learn: async () => undefined }

/** `store`: the keys of generation 0. */
export const makeSubjectKeys = (
  store: StoreKeys,
  table: KeyTable,
  later: LaterKeys = none,
  now: () => number = () => performance.now(),
): SubjectKeys => {
  const held: (Generation & { readonly keys: StoreKeys })[] = [{ generation: 0, era: 0, keys: store }]
  const rows = new Map<string, string | null>()
  const keys = new Map<string, Promise<CryptoKey>>()
  const names = new Map<string, Promise<string>>()
  let read = 0
  let readAt = Number.NEGATIVE_INFINITY

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
    readAt = now()
    await takeLater()
  }

  const takeLater = async (generation = 1): Promise<void> => {
    const found = (await later.of(generation)).map(async (keys, era) => {
      const isBegun = rows.has(await nameSubject(keys, theStore))
      return isBegun ? [{ generation, era, keys }] : []
    })
    const begun = (await Promise.all(found)).flat()
    if (begun.length === 0) return
    held.push(...begun.filter(({ era }) => !held.some((one) => one.generation === generation && one.era === era)))
    held.sort((a, b) => a.generation - b.generation || a.era - b.era)
    return takeLater(generation + 1)
  }

  const keyOf = (keyId: string): Promise<CryptoKey> | 'erased' | undefined => {
    const wrapped = rows.get(keyId)
    if (wrapped === undefined) return undefined
    if (wrapped === null) return 'erased'
    const known = keys.get(keyId)
    if (known !== undefined) return known
    const key = unwrapByAny(
      held.map((one) => one.keys),
      keyId,
      wrapped,
    )
    keys.set(keyId, key)
    key.catch(() => keys.delete(keyId)) // a generation that is learnt of later may open it
    return key
  }

  const nameOf = (subject: string, { generation, era, keys }: (typeof held)[number]) => {
    const place = `${generation}.${era} ${subject}`
    const name = names.get(place) ?? nameSubject(keys, subject)
    names.set(place, name)
    return name
  }

  const namesOf = (subject: string) => Promise.all(held.map((one) => nameOf(subject, one)))

  const firstName = () => nameSubject(store, theStore)

  /** Under what a subject is sealed: its name in the newest generation, or the one that was destroyed. */
  const sealingName = async (subject: string) => {
    const all = await namesOf(subject)
    const destroyed = all.find((keyId) => rows.get(keyId) === null)
    return [subject, destroyed ?? all.at(-1) ?? ''] as const
  }

  /**
   * Every store has a key for what is about it as a whole. It is asked for first: whoever holds other secrets than those
   * who wrote here before learns it by that, and writes nothing that they could not read.
   */
  let isOurs: Promise<void> | undefined
  const proveOurs = async () => {
    await readOn()
    const keyId = await firstName()
    if (rows.size > 0 && !rows.has(keyId)) throw new WrongSecret({ storeId: store.storeId })
    if (rows.size === 0) take(await table.add(await firstRows()))
    await takeLater()
    await keyOf(keyId)
  }

  /** A store that is new has its first generation, and goes on at once with one of the owner's newest secret. */
  const firstRows = async (): Promise<readonly KeyRow[]> => {
    const [, ...ofNewerSecrets] = await later.of(1)
    return Promise.all([store, ...ofNewerSecrets.slice(-1)].map(rowOfStore))
  }

  const rowOfStore = async (keys: StoreKeys): Promise<KeyRow> => {
    const keyId = await nameSubject(keys, theStore)
    return { keyId, wrapped: await wrapNew(keys, keyId) }
  }

  const proven = () => {
    isOurs ??= proveOurs()
    return isOurs.catch((error: unknown) => {
      isOurs = undefined
      throw error
    })
  }

  const openingKeys = async (keyIds: ReadonlySet<string>) =>
    new Map(
      await Promise.all(
        [...keyIds].map(async (keyId) => {
          const key = await keyOf(keyId)
          if (key === undefined) throw new KeyMissing({ keyId })
          return [keyId, key] as const
        }),
      ),
    )

  return {
    toSeal: async (subjects) => {
      await proven()
      if (now() - readAt > staleAfter) await readOn()
      if (rows.get(await firstName()) === null) throw new StoreErased()
      const named = await Promise.all([...subjects].map(sealingName))
      const unnamed = named.filter(([, keyId]) => !rows.has(keyId))
      if (unnamed.length > 0) {
        const newest = held.at(-1)?.keys ?? store
        const added = unnamed.map(async ([, keyId]) => ({ keyId, wrapped: await wrapNew(newest, keyId) }))
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
      return openingKeys(keyIds).catch(async (error: unknown) => {
        if (!(error instanceof WrongSecret)) throw error
        await later.learn() // it may be of a generation that this device has not heard of
        await readOn()
        return openingKeys(keyIds)
      })
    },
    namesOf: async (subjects) => {
      await readOn()
      return (await Promise.all(subjects.map(namesOf))).flat()
    },
    generations: async () => {
      await readOn()
      return held.map(({ generation, era }) => ({ generation, era }))
    },
    begin: async (next) => {
      await proven()
      take(await table.add([await rowOfStore(next)]))
      await readOn()
    },
  }
}

/** Milliseconds until whoever seals looks whether the next generation began. */
const staleAfter = 60_000

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
