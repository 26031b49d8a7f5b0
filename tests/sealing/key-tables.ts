import { newSecret, storeKeysFrom } from '#sealing/store-secret.ts'
import { type KeyRow, type KeyTable, makeSubjectKeys } from '#sealing/subject-keys.ts'

/** A server's table of keys in memory, and the hand that destroys a key. */
export const makeKeyTable = () => {
  let rows: readonly KeyRow[] = []
  const rowOf = (keyId: string) => rows.find((row) => row.keyId === keyId)
  const table: KeyTable = {
    read: async (from) => ({
      rows: rows.slice(from, from + 3),
      next: Math.min(from + 3, rows.length),
      more: from + 3 < rows.length,
    }),
    add: async (added) => {
      rows = [...rows, ...added.filter(({ keyId }) => rowOf(keyId) === undefined)]
      return added.map(({ keyId }) => rowOf(keyId)!)
    },
  }
  return {
    table,
    rows: () => rows,
    destroy: (keyId: string) => {
      // As on the server, the change stands at the end.
      rows = [
        ...rows.map((row) => (row.keyId === keyId ? { keyId: 'gone', wrapped: null } : row)),
        { keyId, wrapped: null },
      ]
    },
  }
}

const storeKeys = (storeId: string, secret = newSecret()) => storeKeysFrom(secret, storeId)

/** The keys of a store with a table of its own, as a device that just began has them. */
export const keysOn = async (table: KeyTable, storeId = 'persona_ada', secret = newSecret()) =>
  makeSubjectKeys(await storeKeys(storeId, secret), table)
