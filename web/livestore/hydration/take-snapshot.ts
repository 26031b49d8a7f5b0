import type { LiveStoreSchema } from '@livestore/livestore'
import type { ReadPage } from '#proof/follow-log.ts'
import { openHydration } from '#schema/stores/hydration.ts'
import { formOf } from '#schema/stores/livestore-format.ts'
import type { OpenDatabase } from '#schema/stores/replay-database.ts'
import { isAnyDestroyedSince, rowsOfTable, snapshotKeyFrom } from '#sealing/sealed-snapshot.ts'
import type { KeyTable, SubjectKeys } from '#sealing/subject-keys.ts'
import type { Evidence, TakenSnapshot } from './hydration-protocol.ts'
import { readServerLog } from './server-log.ts'
import { imagesToFile } from './snapshot-file.ts'

export interface Surroundings {
  readonly schema: LiveStoreSchema
  readonly openDatabase: OpenDatabase
  readonly now: Date
  readonly table: Pick<KeyTable, 'read'>
  /** They read the table anew. */
  readonly makeKeys: () => Promise<SubjectKeys>
  readonly readPage: ReadPage
  readonly onProgress: (done: number, of: number) => void
}

/**
 * A snapshot of what the server has, read from its first event and verified whole. It opens by the keys of all that is in
 * it: those destroyed before they are read are not in it, and one destroyed while it is made gives none.
 */
export const takeSnapshot = async (
  { storeId, known, anchors }: Omit<Evidence, 'snapshot'>,
  { table, makeKeys, readPage, onProgress, ...making }: Surroundings,
): Promise<TakenSnapshot | Error> => {
  const before = await rowsOfTable(table)
  const hydration = openHydration(making)
  try {
    const verified = await readServerLog({
      storeId,
      keys: await makeKeys(),
      readPage,
      witness: { known, anchors },
      fewest: 1,
      take: hydration.add,
      onProgress,
    })
    if (verified === 'short') return new Error('The server has nothing of it yet.')
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
