import type { LiveStoreSchema } from '@livestore/livestore'
import { openHydration } from '#schema/stores/hydration.ts'
import { formOf } from '#schema/stores/livestore-format.ts'
import type { OpenDatabase } from '#schema/stores/replay-database.ts'
import { isAnyDestroyedSince, rowsOfTable, snapshotKeyFrom } from '#sealing/sealed-snapshot.ts'
import type { KeyTable } from '#sealing/subject-keys.ts'
import type { TakenSnapshot } from './hydration-protocol.ts'
import type { ReadLog } from './read-log.ts'
import { imagesToFile } from './snapshot-file.ts'

export interface Surroundings {
  readonly schema: LiveStoreSchema
  readonly openDatabase: OpenDatabase
  readonly now: Date
  readonly table: Pick<KeyTable, 'read'>
  /** Reads keys from the table anew. */
  readonly readLog: ReadLog
  readonly onProgress: (done: number, of: number) => void
}

/**
 * A snapshot of what the server has, read from its first event and verified whole. It opens by the keys of all that is in
 * it: those destroyed before they are read are not in it, and one destroyed while it is made gives none.
 */
export const takeSnapshot = async (
  storeId: string,
  { table, readLog, onProgress: _, ...making }: Surroundings,
): Promise<TakenSnapshot | Error> => {
  const before = await rowsOfTable(table)
  const hydration = openHydration(making)
  try {
    const verified = await readLog(undefined)(hydration.add)
    if (verified === 'short') return new Error('The server has too little of it.')
    if (verified instanceof Error) return verified
    const images = hydration.finish(verified.start.logId)
    const rows = await rowsOfTable(table)
    if (isAnyDestroyedSince(before, rows)) return new Error('Something was erased meanwhile.')
    return {
      verified,
      form: formOf(making.schema),
      eventlogBytes: images.eventlog.byteLength,
      keyRows: rows.length,
      file: await imagesToFile(images, await snapshotKeyFrom(storeId, rows)),
    }
  } finally {
    hydration.close()
  }
}
