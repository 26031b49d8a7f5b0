import type { PersonaStore } from '#web/livestore/stores.ts'
import { nextTurn } from './import-lookup.ts'

/** Waits until a store takes another of many facts, and lets the page paint and take input before. */
export const roomIn = async (store: PersonaStore, signal: AbortSignal | undefined) => {
  const since = Date.now()
  do {
    await nextTurn()
    signal?.throwIfAborted()
    if (Date.now() - since > patience) throw new StorageStalled()
  } while (store.syncStatus().pendingCount >= inFlight)
}

/** Facts on screen that may wait for the disk. They come back from it together, and are then decoded in one go. */
const inFlight = 3
/** Milliseconds without any progress on disk after which nothing more is to be expected. */
const patience = 30_000

class StorageStalled extends Error {
  readonly _tag = 'StorageStalled'
  override readonly message =
    'This device stopped saving, perhaps for lack of space. What was saved is safe. Make room, then do the same again: it goes on where it stopped.'
}
