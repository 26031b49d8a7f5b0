import { Data } from 'effect'
import type { KeyRow, KeyTable } from './subject-keys.ts'

/**
 * A snapshot holds what was said of many subjects, and must not outlive the key of any of them. So its key is made of all
 * of their keys, as they stand in the table:
 *
 *     first rows of the table, wrapped keys and all ──SHA-256──► key of the snapshot ──AES-256-GCM──► nonce | sealed bytes
 *
 * Invariants: a row is written once, a new one comes after those that are there, and a key that is destroyed leaves its
 * place; so the first rows are the same for whoever reads them later, until one of them is destroyed. Then nobody can make
 * the key again: the wrapped key that is gone was 256 random bits. Whoever seals one lays the key of the store over it, for
 * the rows alone are no secret to the server.
 */
export const snapshotKeyFrom = async (storeId: string, rows: readonly KeyRow[]): Promise<CryptoKey> => {
  const text = JSON.stringify(['pjai snapshot 1', storeId, rows.map(({ keyId, wrapped }) => [keyId, wrapped])])
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return crypto.subtle.importKey('raw', digest, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

/** All rows of a table, in its order. */
export const rowsOfTable = async (table: Pick<KeyTable, 'read'>): Promise<readonly KeyRow[]> => {
  const rows: KeyRow[] = []
  for (let [from, isMore] = [0, true]; isMore; ) {
    const page = await table.read(from)
    rows.push(...page.rows)
    from = page.next
    isMore = page.more
  }
  return rows
}

/** Whether a key was destroyed between two looks at a table. */
export const isAnyDestroyedSince = (before: readonly KeyRow[], after: readonly KeyRow[]): boolean => {
  const known = new Set(before.filter(isDestroyed).map(({ keyId }) => keyId))
  return after.some((row) => isDestroyed(row) && !known.has(row.keyId))
}

export const sealSnapshot = async (
  key: CryptoKey,
  plain: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> => {
  const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, key, plain)
  const all = new Uint8Array(nonceBytes + sealed.byteLength)
  all.set(nonce)
  all.set(new Uint8Array(sealed), nonceBytes)
  return all
}

export const openSnapshot = (
  key: CryptoKey,
  sealed: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer> | SnapshotClosed> =>
  crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.subarray(0, nonceBytes) }, key, sealed.subarray(nonceBytes)).then(
    (plain) => new Uint8Array(plain),
    () => new SnapshotClosed(),
  )

const isDestroyed = ({ wrapped }: KeyRow) => wrapped === null

const nonceBytes = 12

export class SnapshotClosed extends Data.TaggedError('SnapshotClosed') {
  override get message() {
    return 'The snapshot does not open any more: something that was in it was erased, or it was changed.'
  }
}
