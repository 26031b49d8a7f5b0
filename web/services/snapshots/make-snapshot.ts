import { Data } from 'effect'
import { noteSnapshot } from '#schema/snapshots/commands.ts'
import { snapshotOf$ } from '#schema/snapshots/queries.ts'
import type { Snapshot } from '#schema/snapshots/state.ts'
import { theStore } from '#sealing/subjects.ts'
import { execute } from '#web/livestore/execute.ts'
import { askWorker } from '#web/livestore/hydration/ask-worker.ts'
import { evidenceOn } from '#web/livestore/hydration/evidence.ts'
import { factsOf } from '#web/livestore/hydration/snapshot-facts.ts'
import { stampNow } from '#web/livestore/session.ts'
import { keysOnDevice, personaStoreId, type WorkspaceStore } from '#web/livestore/stores.ts'
import { chunksInMemory } from '#web/services/attachments/chunks-in-memory.ts'
import { type FileFailureCode, failureIn } from '#web/services/attachments/file-failure.ts'
import { firstKeysOf, keyToSend } from '#web/services/attachments/file-keys.ts'
import { makeRemoteBlobs } from '#web/services/attachments/remote-blobs.ts'
import { newSha256 } from '#web/services/attachments/sha256.ts'
import { removeContent, sendContent } from '#web/services/attachments/transfer.ts'

export interface SnapshotProgress {
  readonly step: 'read' | 'sent'
  readonly done: number
  /** Events that are read, or bytes that are sent; of none while that is not known. */
  readonly of: number
}

interface Listener {
  readonly onProgress: (progress: SnapshotProgress) => void
  readonly signal: AbortSignal
}

/**
 * Makes a snapshot of a persona’s log for the devices to come, and takes the last one away. Gives why there is none.
 *
 *     server’s log ──► verified, replayed, sealed, in a worker ──► beside the log ──► v1.SnapshotMade ──► the last one removed
 *
 * What is cut short before the fact leaves nothing on the server but, where the page died, bytes that nobody can find.
 */
export const makeSnapshot = async (
  workspace: WorkspaceStore,
  personaId: string,
  { onProgress, signal }: Listener,
): Promise<Error | undefined> => {
  const storeId = personaStoreId(personaId)
  const last = workspace.query(snapshotOf$(personaId))
  const stamp = stampNow() // whatever is certified as erased from now on is not for it to open
  try {
    await keysOnDevice(storeId)
    const evidence = await evidenceOn(storeId, async () => workspace)
    const taken = await askWorker('takeSnapshot', evidence, {
      onProgress: (at) => onProgress({ step: 'read', ...at }),
      signal,
    })
    signal.throwIfAborted()
    if ('reason' in taken) return new SnapshotNotMade({ reason: taken.reason ?? '' })
    const file = await sendFile(storeId, taken.file, { onProgress, signal })
    const refusal = execute(workspace, noteSnapshot(personaId, { ...factsOf(taken), file }, stamp))
    if (refusal !== undefined) await removeFile(storeId, file)
    else if (last !== null) await removeFile(storeId, last)
    return refusal
  } catch (error) {
    if (signal.aborted) return undefined
    return new SnapshotNotMade({ reason: reasons[failureIn(error).code] ?? 'The server could not take it.' })
  }
}

const reasons: Partial<Record<FileFailureCode, string>> = {
  offline: 'The server cannot be reached.',
  full: 'The server has no room for it.',
  refused: 'The server does not take it from you.',
}

export class SnapshotNotMade extends Data.TaggedError('SnapshotNotMade')<{ readonly reason: string }> {
  override get message() {
    return `No snapshot was made. ${this.reason} The persona is as it was: try again later.`
  }
}

type File = Pick<Snapshot, 'keyId' | 'sha256' | 'bytes' | 'chunkBytes'>

const sendFile = async (
  storeId: string,
  bytes: Uint8Array<ArrayBuffer>,
  { onProgress, signal }: Listener,
): Promise<File> => {
  const { keyId, key } = await keyToSend(storeId, theStore)
  const hash = await newSha256()
  hash.update(bytes)
  const content = { sha256: hash.digest(), bytes: bytes.byteLength, chunkBytes }
  const file = { ...content, keyId }
  try {
    await sendContent({
      ...(await placeOf(storeId, file)),
      key,
      chunks: chunksInMemory(chunkBytes, bytes),
      signal,
      onProgress: (done) =>
        onProgress({ step: 'sent', done: Math.min(done * chunkBytes, content.bytes), of: content.bytes }),
    })
    return file
  } catch (error) {
    await removeFile(storeId, file)
    throw error
  }
}

/** What cannot be taken away now stays, and nobody names it. */
const removeFile = async (storeId: string, file: File) =>
  removeContent(await placeOf(storeId, file)).catch(() => undefined)

const placeOf = async (storeId: string, { keyId, ...content }: File) => ({
  content,
  first: await firstKeysOf(storeId),
  subject: theStore,
  keyId,
  blobs: makeRemoteBlobs('', storeId),
})

/** One of them must come within the time that a worker may be silent, on a slow line too. */
const chunkBytes = 1_048_576
