import { blanked } from '#sync-worker/erasing/overwrite-remains.ts'

/** With the keys of their subjects; without, those of the whole store. Their chunks go with all blobs of the keys. */
export const eraseFileLinks = (db: D1Database, storeId: string, now: number, keyIds?: readonly string[]) =>
  db
    .prepare(
      `UPDATE fileLinks SET erasedAt = coalesce(erasedAt, ?2), ${blanked('sealed')}
       WHERE storeId = ?1 AND (?3 IS NULL OR keyId IN (SELECT value FROM json_each(?3)))`,
    )
    .bind(storeId, now, keyIds === undefined ? null : JSON.stringify(keyIds))
