import { getAll, remove, type SetAside } from './device-db.ts'
import { leftBehind } from './journal.ts'
import { offerFacts } from './offer-facts.ts'
import { mayWriteTo, ReadOnly } from './rights.ts'
import { setAside } from './set-aside.ts'
import { readEventlogFile, removeShardFiles, removeStateFiles } from './shard-files.ts'
import { withShardAlone } from './shard-lock.ts'
import { pool } from './stores.ts'

/** The state is broken, the log is not: makes the state anew from the log on this device. Nothing is lost. */
export const rebuildState = (storeId: string) =>
  withShardAlone(
    storeId,
    () => pool.close(storeId),
    async () => {
      await removeStateFiles(storeId)
      const { remakeState } = await import('./hydration/prepare-shard.ts')
      await remakeState(storeId)
    },
  )

/**
 * The log on this device is broken, refused, or of a server that is gone. Sets its facts aside — `unconfirmed`: those
 * the server never took — and fetches the log again. They are kept until `offerAgain` or `letGo`.
 */
export const setAsideAndRefetch = (storeId: string, reason: string, which: 'unconfirmed' | 'all') =>
  withShardAlone(
    storeId,
    () => pool.close(storeId),
    async () => {
      const unsaved = await leftBehind(storeId)
      const facts = [...(await salvage(storeId, which)), ...unsaved.facts]
      await setAside(storeId, reason, facts)
      await unsaved.settle()
      await removeShardFiles(storeId)
      return facts.length
    },
  )

export const setAsides = (): Promise<readonly SetAside[]> => getAll('setAside')

/** Commits what was set aside, as far as the log does not hold it. Returns how many facts were new. */
export const offerAgain = async ({ id, storeId, facts }: SetAside): Promise<number> => {
  const store = await pool.open(storeId)
  if (!mayWriteTo(storeId)) throw new ReadOnly()
  const offered = await offerFacts(store, facts)
  await letGo(id)
  return offered
}

/** Forgets a store on this device, its key and its files with it. What of it was set aside is kept. */
export const removeFromDevice = (storeId: string) =>
  withShardAlone(
    storeId,
    () => pool.close(storeId),
    async () => {
      await removeShardFiles(storeId)
      const { removeFilesOf } = await import('./local-files.ts')
      await removeFilesOf(storeId)
      await Promise.all((['storeKeys', 'shards', 'histories'] as const).map((table) => remove(table, [storeId])))
    },
  )

export const letGo = (id: string) => remove('setAside', [id])

/** What can still be read. A log that cannot be read at all is fetched again from the server. */
const salvage = async (storeId: string, which: 'unconfirmed' | 'all') => {
  try {
    const bytes = await readEventlogFile(storeId)
    if (bytes === undefined || bytes.byteLength === 0) return []
    const { factsIn } = await import('./eventlog.ts')
    return await factsIn(bytes, which)
  } catch {
    return []
  }
}
