import type { Snapshot } from '#schema/snapshots/state.ts'
import type { KeyTable } from '#sealing/subject-keys.ts'
import { theStore } from '#sealing/subjects.ts'
import { makeKeysOf } from '#web/livestore/store-keys.ts'
import { chunksInMemory } from '#web/services/attachments/chunks-in-memory.ts'
import { firstKeysOf } from '#web/services/attachments/file-keys.ts'
import { makeRemoteBlobs } from '#web/services/attachments/remote-blobs.ts'
import { fetchContent } from '#web/services/attachments/transfer.ts'
import type { FetchSnapshot } from './from-snapshot.ts'
import type { UntilTurn } from './gate.ts'

/** From beside the log on the server. */
export const fetchSnapshotOf =
  (
    storeId: string,
    { keyId, sha256, bytes, chunkBytes }: Snapshot,
    table: KeyTable,
    untilTurn: UntilTurn,
  ): FetchSnapshot =>
  async (onProgress) => {
    const keys = await makeKeysOf(storeId, table)
    const key = (await keys.toOpen(new Set([keyId]))).get(keyId)
    if (key === undefined || key === 'erased') throw new Error('Its key was destroyed.')
    const whole = new Uint8Array(bytes)
    const chunks = chunksInMemory(chunkBytes, whole)
    await fetchContent({
      content: { sha256, bytes, chunkBytes },
      first: await firstKeysOf(storeId),
      subject: theStore,
      keyId,
      key,
      blobs: makeRemoteBlobs('', storeId),
      chunks: {
        ...chunks,
        write: async (index, plain) => {
          await chunks.write(index, plain)
          await untilTurn()
        },
      },
      atOnce: chunksAtOnce,
      onProgress: (done, all) => onProgress(done / all),
    })
    return whole
  }

/** So that a line with a long way to the server is not idle; of a megabyte each. */
const chunksAtOnce = 3
