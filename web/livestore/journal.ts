import { type EncodedFact, getAll, put, remove } from './device-db.ts'
import { newId } from './session.ts'

/**
 * The crash journal: what was committed here and is not with the store's leader yet.
 *
 * A commit is on screen at once and reaches the leader some milliseconds later; a tab that is killed between the two
 * loses it. So every commit is written here as well, and struck out when the leader has it. What a dead page left is
 * committed again when its store is opened next, unless the log holds it already.
 */
const sessionId = newId()

// Held as long as this page lives: whoever can take it knows that the page is gone.
void navigator.locks.request(lockOf(sessionId), () => new Promise(() => undefined))

const inFlight = new Map<string, Set<Promise<IDBValidKey>>>()

export const journalCommit = (storeId: string, facts: readonly EncodedFact[]) => {
  const entry = put('journal', { storeId, sessionId, facts })
  const entries = inFlight.get(storeId) ?? new Set()
  inFlight.set(storeId, entries.add(entry))
  // No space, no journal: the commit itself is not in danger.
  entry.catch(() => entries.delete(entry))
}

/** The leader has everything committed to the store so far. */
export const strikeOut = async (storeId: string) => {
  const entries = inFlight.get(storeId)
  if (entries === undefined || entries.size === 0) return
  inFlight.delete(storeId)
  const ids = await Promise.allSettled(entries)
  await remove(
    'journal',
    ids.flatMap((id) => (id.status === 'fulfilled' ? [id.value] : [])),
  )
}

/** What pages that are gone left behind for a store, oldest first. `settle` strikes it out. */
export const leftBehind = async (storeId: string) => {
  const entries = (await getAll('journal')).filter(
    (entry) => entry.storeId === storeId && entry.sessionId !== sessionId,
  )
  const isGone = new Map(
    await Promise.all(
      [...new Set(entries.map((entry) => entry.sessionId))].map(async (id) => [id, await isFree(lockOf(id))] as const),
    ),
  )
  const orphans = entries.filter((entry) => isGone.get(entry.sessionId))
  return {
    facts: orphans.flatMap(({ facts }) => facts),
    settle: () =>
      remove(
        'journal',
        orphans.flatMap(({ id }) => (id === undefined ? [] : [id])),
      ),
  }
}

function lockOf(session: string) {
  return `pjai-session-${session}`
}

const isFree = (lock: string): Promise<boolean> =>
  navigator.locks.request(lock, { ifAvailable: true }, (held) => held !== null)
