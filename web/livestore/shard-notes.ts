import { stateRevisions } from '#schema/stores/revision.ts'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { getAll, put, type ShardNote } from './device-db.ts'
import { rightTo } from './rights.ts'
import { openPersona, pool } from './stores.ts'
import { subscribeToSync, syncStatusOf } from './sync-status.ts'

/** What this device knows of its shards while they are closed: how long their logs are, and what they still owe. */
export const shardNotes = (): Promise<readonly ShardNote[]> => getAll('shards')

const noted = new Map<string, string>()

/** Keeps the notes of open stores true, at most once a second. Called once, at start. */
export const keepShardNotes = () => {
  let isDue = false
  return subscribeToSync(() => {
    if (isDue) return
    isDue = true
    setTimeout(() => {
      isDue = false
      for (const storeId of pool.openIds()) void noteShard(storeId)
    }, 1000)
  })
}

const noteShard = async (storeId: string) => {
  const name = parseStoreId(storeId)
  const status = syncStatusOf(storeId)
  if (name instanceof Error || status === undefined) return
  const { events, waiting } = status
  const revision = stateRevisions[name.kind]
  const signature = JSON.stringify([events, waiting, revision])
  if (noted.get(storeId) === signature) return
  noted.set(storeId, signature)
  await put('shards', { storeId, revision, openedAt: new Date(), events, waiting }).catch(() => {
    // A note for a list; what it is about is safe without it.
  })
}

/**
 * Opens, one after the other, the closed shards that still owe the server something, until each has sent it. Called when
 * the app starts and whenever the network returns; what is written offline and closed is not forgotten.
 */
export const settleDebts = async () => {
  for (const { storeId, waiting } of await shardNotes()) {
    const name = parseStoreId(storeId)
    if (waiting === 0 || name instanceof Error || name.kind !== 'persona' || pool.stateOf(storeId) !== 'closed')
      continue
    if (rightTo(storeId)?.endedAt != null) continue
    await openPersona(name.id).catch(() => undefined) // its own page says what is wrong
    const release = pool.retain(storeId)
    await untilSettled(storeId, 30_000)
    release()
  }
}

const untilSettled = (storeId: string, timeout: number) =>
  new Promise<void>((resolve) => {
    const check = () => {
      if (syncStatusOf(storeId)?.waiting !== 0) return
      clearTimeout(timer)
      stop()
      resolve()
    }
    const stop = subscribeToSync(check)
    const timer = setTimeout(() => {
      stop()
      resolve()
    }, timeout)
    check()
  })
