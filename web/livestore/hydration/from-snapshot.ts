import { statementIn } from '#proof/checkpoint.ts'
import type { VerifiedLog } from '#proof/follow-log.ts'
import type { Snapshot } from '#schema/snapshots/state.ts'
import { type Images, openHydration, stateOfLog } from '#schema/stores/hydration.ts'
import { formOf, isLogOfForm } from '#schema/stores/livestore-format.ts'
import { rowsOfTable, SnapshotClosed, snapshotKeyFrom } from '#sealing/sealed-snapshot.ts'
import { fileToImages } from './snapshot-file.ts'
import type { Surroundings } from './take-snapshot.ts'

/** The bytes of a snapshot, which have the hash they should have. Throws why not. `onProgress`: from 0 to 1. */
export type FetchSnapshot = (onProgress: (part: number) => void) => Promise<Uint8Array<ArrayBuffer>>

/**
 * Both databases of a store: those of a snapshot, and the log from there on.
 *
 *     workspace ──► whose, which, up to where ──┬──► bytes beside the log ──► opened with all keys ──► databases at event n
 *                                               └──► server’s log after event n ──► chain, up to its end ──► replayed ─┘
 *
 * What vouches for it is that a device of this person said so in the workspace’s log, where no server can write, and that
 * the server’s chain goes on from the hash that was verified then. Of a snapshot that another version made, with other
 * tables, the state is left out and made of its log. Gives why it is of no use: then all of the log is read.
 */
export const hydrateFromSnapshot = async (
  storeId: string,
  snapshot: Snapshot,
  { table, readLog, onProgress, ...making }: Surroundings,
  fetchFile: FetchSnapshot,
): Promise<(Images & { readonly verified: VerifiedLog }) | Error> => {
  const { seq, form, keyRows, eventlogBytes } = snapshot
  if (!isLogOfForm(form)) return new Error('It was made by another LiveStore.')
  const known = verifiedWith(storeId, snapshot)
  if (known === undefined) return new Error('It is not of this log.')
  const takeRest = readLog(known)
  const [file, rows] = await Promise.all([
    fetchFile((part) => onProgress(Math.floor(part * seq), seq)),
    rowsOfTable(table),
  ])
  const key = await snapshotKeyFrom(storeId, rows.slice(0, keyRows))
  const images = await fileToImages(file, key, eventlogBytes)
  if (images instanceof SnapshotClosed) return images
  const { eventlog } = images
  const state = form === formOf(making.schema) ? images.state : stateOfLog(making, eventlog, onProgress)
  if (state === undefined || state instanceof Error) return state ?? new Error('Its log is not at rest.')
  const hydration = openHydration(making, { eventlog, state, head: seq })
  try {
    const verified = await takeRest(hydration.add)
    if (verified === 'short') return new Error('The server’s log ends before it.')
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
