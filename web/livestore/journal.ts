import { type EncodedFact, getAll, type JournalEntry, putAll, remove } from './device-db.ts'
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

interface Written {
  readonly facts: readonly EncodedFact[]
  /** Its place in the journal; undefined when the device had no room for it. */
  readonly id: Promise<IDBValidKey | undefined>
}

const unsaved = new Map<string, readonly Written[]>()

/** What a store that died in this page had not saved: kept here too, for the journal may have had no room. */
const orphaned = new Map<string, readonly Written[]>()

export const journalCommit = (storeId: string, facts: readonly EncodedFact[]) => {
  const id = enter({ storeId, sessionId, facts })
  unsaved.set(storeId, [...(unsaved.get(storeId) ?? []), { facts, id }])
}

/** Written down before its turn: of an act that is committed in portions. */
const coming = new Map<string, readonly Written[]>()

/** All of an act before its first portion is committed. `begin` each right before it is: until then it is not struck out. */
export const journalAct = (storeId: string, portions: readonly (readonly EncodedFact[])[]) => {
  const entries = portions.map((facts) => ({ facts, id: enter({ storeId, sessionId, facts }) }))
  coming.set(storeId, [...(coming.get(storeId) ?? []), ...entries])
  return {
    written: Promise.all(entries.map(({ id }) => id)),
    begin: (portion: number) => {
      const waiting = coming.get(storeId) ?? []
      const begun = waiting.filter((entry) => entry === entries[portion])
      coming.set(
        storeId,
        waiting.filter((entry) => entry !== entries[portion]),
      )
      unsaved.set(storeId, [...(unsaved.get(storeId) ?? []), ...begun])
    },
  }
}

let page: JournalEntry[] = []
let written: Promise<readonly (IDBValidKey | undefined)[]> = Promise.resolve([])

/** What is committed in one turn of the event loop is written in one transaction: a burst of commits is one write. */
const enter = (entry: JournalEntry): Promise<IDBValidKey | undefined> => {
  if (page.length === 0) {
    written = Promise.resolve().then(() => {
      const entries = page
      page = []
      return putAll('journal', entries).catch(() => entries.map(() => undefined))
    })
  }
  const place = page.push(entry) - 1
  return written.then((ids) => ids[place])
}

/**
 * Resolves once a page that dies loses nothing of what was committed to the store so far. False: the device had no room
 * for all of it, and only the leader keeps it.
 */
export const untilJournaled = async (storeId: string): Promise<boolean> => {
  const entries = [orphaned, unsaved, coming].flatMap((written) => written.get(storeId) ?? [])
  const ids = await Promise.all(entries.map(({ id }) => id))
  return ids.every((id) => id !== undefined)
}

/** The leader has everything committed to the store so far. */
export const strikeOut = (storeId: string) => {
  const written = unsaved.get(storeId) ?? []
  unsaved.delete(storeId)
  return forget(written)
}

/** The store is gone from this page; what it had not saved waits for the next one. */
export const orphan = (storeId: string) => {
  const written = [orphaned, unsaved, coming].flatMap((entries) => entries.get(storeId) ?? [])
  unsaved.delete(storeId)
  coming.delete(storeId)
  if (written.length > 0) orphaned.set(storeId, written)
}

/** What pages that are gone, and stores that died in this one, left unsaved, oldest first. `settle` strikes it out. */
export const leftBehind = async (storeId: string) => {
  const entries = (await getAll('journal')).filter(
    (entry) => entry.storeId === storeId && entry.sessionId !== sessionId,
  )
  const isGone = new Map(
    await Promise.all(
      [...new Set(entries.map((entry) => entry.sessionId))].map(async (id) => [id, await isFree(lockOf(id))] as const),
    ),
  )
  const ofOthers = entries.filter((entry) => isGone.get(entry.sessionId))
  const ofOurs = orphaned.get(storeId) ?? []
  return {
    facts: [...ofOthers, ...ofOurs].flatMap(({ facts }) => facts),
    settle: async () => {
      orphaned.delete(storeId)
      await forget(ofOurs)
      await remove(
        'journal',
        ofOthers.flatMap(({ id }) => (id === undefined ? [] : [id])),
      )
    },
  }
}

/** Whether anything is left behind of a store that no page has open. */
export const isLeftBehind = async (storeId: string): Promise<boolean> =>
  orphaned.has(storeId) ||
  (await getAll('journal')).some((entry) => entry.storeId === storeId && entry.sessionId !== sessionId)

const forget = async (written: readonly Written[]) => {
  if (written.length === 0) return
  const ids = await Promise.all(written.map(({ id }) => id))
  await remove(
    'journal',
    ids.filter((id) => id !== undefined),
  )
}

function lockOf(session: string) {
  return `pjai-session-${session}`
}

const isFree = (lock: string): Promise<boolean> =>
  navigator.locks.request(lock, { ifAvailable: true }, (held) => held !== null)
