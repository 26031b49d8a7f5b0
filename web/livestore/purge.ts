import { StoreInternalsSymbol } from '@livestore/livestore'
import { Effect } from 'effect'
import { erased, withoutSubjects } from '#sealing/sealed-event.ts'
import { type EncodedFact, get, getAll, put, putAll, remove } from './device-db.ts'
import type { EngineStore } from './engine-store.ts'
import { removeFromDevice } from './recovery.ts'
import { removeStateFiles, replaceEventlogFile } from './shard-files.ts'
import { withShardAlone } from './shard-lock.ts'
import { pool } from './stores.ts'

/**
 * Takes out of this device all that a store says of subjects that were erased, wherever it is kept: the log is rewritten
 * as a device would fetch it now, the state is made anew from it, and what waits outside the log is cut likewise. For a
 * store whose facts are all with the server: a pending one would be rewritten before it was sent.
 *
 * The state goes first: what a crash leaves behind is then still in the log, and found there again.
 */
export const purge = async (store: EngineStore, subjects: ReadonlySet<string>): Promise<void> => {
  const { storeId } = store
  await purgeFacts(storeId, subjects)
  const log = await Effect.runPromise(store[StoreInternalsSymbol].clientSession.leaderThread.getEventlogData)
  const { withoutErased } = await import('./eventlog.ts')
  if ((await withoutErased(log, subjects)) === undefined) return
  await withShardAlone(
    storeId,
    () => pool.close(storeId),
    async () => {
      await removeStateFiles(storeId)
      const rewritten = await replaceEventlogFile(
        storeId,
        async (bytes) => (await withoutErased(bytes, subjects)) ?? bytes.slice(),
      )
      if (!rewritten)
        throw new Error('The log on this device could not be rewritten now. It is tried again at the next start.')
    },
  )
}

/** Forgets a store that was erased as a whole: files, keys, and what was kept beside them. */
export const purgeStore = async (storeId: string): Promise<void> => {
  await removeFromDevice(storeId)
  const ofStore = (row: { readonly storeId: string }) => row.storeId === storeId
  const [entries, asides] = await Promise.all([getAll('journal'), getAll('setAside')])
  await Promise.all([
    remove(
      'journal',
      entries.filter(ofStore).flatMap(({ id }) => (id === undefined ? [] : [id])),
    ),
    remove(
      'setAside',
      asides.filter(ofStore).map(({ id }) => id),
    ),
  ])
}

export const isPurged = async (erasureId: string): Promise<boolean> => (await get('purges', erasureId)) !== undefined

/** How many erasures of each store left nothing on this device. */
export const purgeCounts = async (): Promise<ReadonlyMap<string, number>> => {
  const counts = new Map<string, number>()
  for (const { storeId } of await getAll('purges')) counts.set(storeId, (counts.get(storeId) ?? 0) + 1)
  return counts
}

export const notePurged = (storeId: string, erasureId: string) => put('purges', { storeId, erasureId, at: new Date() })

/** What waits in the crash journal, or was set aside. */
const purgeFacts = async (storeId: string, subjects: ReadonlySet<string>) => {
  const cutRow = <Row extends { readonly storeId: string; readonly facts: readonly EncodedFact[] }>(row: Row) => {
    const left = row.facts.map((fact) => withoutSubjects(fact, subjects))
    const isCut = row.storeId === storeId && left.some((fact, index) => fact !== row.facts[index])
    return isCut ? [{ ...row, facts: left.filter((fact) => fact !== erased) }] : []
  }
  const [entries, asides] = await Promise.all([getAll('journal'), getAll('setAside')])
  await putAll('journal', entries.flatMap(cutRow))
  await putAll('setAside', asides.flatMap(cutRow))
}
