import { getAll, put, remove, type SetAside } from './device-db.ts'
import { leftBehind } from './journal.ts'
import { offerFacts } from './offer-facts.ts'
import { newId } from './session.ts'
import { readEventlogFile, removeShardFiles, removeStateFiles } from './shard-files.ts'
import { onCloseAsked, withShardAlone } from './shard-lock.ts'
import { pool } from './stores.ts'

onCloseAsked((storeId) => void pool.close(storeId))

/** The state is broken, the log is not: makes the state anew from the log on this device. Nothing is lost. */
export const rebuildState = (storeId: string) =>
  withShardAlone(
    storeId,
    () => pool.close(storeId),
    () => removeStateFiles(storeId),
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
      if (facts.length > 0) await put('setAside', { id: newId(), storeId, reason, at: new Date(), facts })
      await unsaved.settle()
      await removeShardFiles(storeId)
      return facts.length
    },
  )

export const setAsides = (): Promise<readonly SetAside[]> => getAll('setAside')

/** Commits what was set aside, as far as the log does not hold it. Returns how many facts were new. */
export const offerAgain = async (setAside: SetAside): Promise<number> => {
  const offered = await offerFacts(await pool.open(setAside.storeId), setAside.facts)
  await letGo(setAside.id)
  return offered
}

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
