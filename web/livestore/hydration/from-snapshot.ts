import { type Anchor, statementIn } from '#proof/checkpoint.ts'
import type { VerifiedLog } from '#proof/follow-log.ts'
import type { Snapshot } from '#schema/snapshots/state.ts'
import { type Images, openHydration } from '#schema/stores/hydration.ts'
import { formOf } from '#schema/stores/livestore-format.ts'
import { rowsOfTable, SnapshotClosed, snapshotKeyFrom } from '#sealing/sealed-snapshot.ts'
import type { SubjectKeys } from '#sealing/subject-keys.ts'
import { readLogAfter } from './log-after.ts'
import { fileToImages } from './snapshot-file.ts'
import type { Surroundings } from './take-snapshot.ts'

interface Asked {
  readonly storeId: string
  readonly snapshot: Snapshot
  readonly anchors: readonly Anchor[]
}

/** The bytes of a snapshot, which have the hash they should have. Throws why not. `onProgress`: from 0 to 1. */
export type FetchSnapshot = (keys: SubjectKeys, onProgress: (part: number) => void) => Promise<Uint8Array<ArrayBuffer>>

/**
 * Both databases of a store: those of a snapshot, and the log from there on.
 *
 *     workspace ──► whose, which, up to where ──┬──► bytes beside the log ──► opened with all keys ──► databases at event n
 *                                               └──► server’s log after event n ──► chain, up to its end ──► replayed ─┘
 *
 * What vouches for it is that a device of this person said so in the workspace’s log, where no server can write, and that
 * the server’s chain goes on from the hash that was verified then. Gives why it is of no use: then all of the log is read.
 */
export const hydrateFromSnapshot = async (
  { storeId, snapshot, anchors }: Asked,
  { table, makeKeys, readPage, onProgress, ...making }: Surroundings,
  fetchFile: FetchSnapshot,
): Promise<(Images & { readonly verified: VerifiedLog }) | Error> => {
  const { seq, form, keyRows, eventlogBytes } = snapshot
  if (form !== formOf(making.schema)) return new Error('It was made by another version.')
  const known = verifiedWith(storeId, snapshot)
  if (known === undefined) return new Error('It is not of this log.')
  const keys = await makeKeys()
  const [file, rows] = await Promise.all([
    fetchFile(keys, (part) => onProgress(Math.floor(part * seq), seq)),
    rowsOfTable(table),
  ])
  const key = await snapshotKeyFrom(storeId, rows.slice(0, keyRows))
  const images = await fileToImages(file, key, eventlogBytes)
  if (images instanceof SnapshotClosed) return images
  const hydration = openHydration(making, { ...images, head: seq })
  try {
    const take = hydration.add
    const verified = await readLogAfter({ storeId, keys, readPage, known, anchors, take, onProgress })
    return verified instanceof Error ? verified : { ...hydration.finish(verified.start.logId), verified }
  } finally {
    hydration.close()
  }
}

/** How far the device had verified the log that made it. */
const verifiedWith = (storeId: string, snapshot: Snapshot): VerifiedLog | undefined => {
  const { seq, firstEpoch, statement, publicKey, signature } = snapshot
  const checkpoint = { statement, publicKey, signature }
  const said = statementIn(checkpoint)
  if (said === undefined || said.storeId !== storeId || said.seq !== seq) return undefined
  const start = { storeId, epoch: firstEpoch, logId: said.logId }
  return { start, seq, hash: said.hash, serverKey: publicKey, checkpoint }
}
