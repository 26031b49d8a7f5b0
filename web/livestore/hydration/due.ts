import { stateRevisions } from '#schema/stores/revision.ts'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { get } from '#web/livestore/device-db.ts'
import { standingOf } from '#web/livestore/shard-files.ts'

/** LiveStore takes a shorter log by itself as quickly. */
export const fewestEvents = 200

/** What has to be done to the files of a store before LiveStore opens it. */
export type Due = 'hydrate' | 'remakeState'

export const dueFor = async (
  storeId: string,
  isLongElsewhere: (storeId: string) => Promise<boolean>,
): Promise<Due | undefined> => {
  const standing = await standingOf(storeId)
  if (standing === 'half made') return 'hydrate'
  if (standing === 'none') return navigator.onLine && (await isLongElsewhere(storeId)) ? 'hydrate' : undefined
  const [note, name] = [await get('shards', storeId), parseStoreId(storeId)]
  if (note === undefined || name instanceof Error) return undefined
  const isOutdated = note.revision !== stateRevisions[name.kind]
  return isOutdated && note.events >= fewestEvents && note.waiting === 0 ? 'remakeState' : undefined
}
