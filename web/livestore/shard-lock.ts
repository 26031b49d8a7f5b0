import { untilReleased } from './shard-files.ts'

/**
 * Every page that has a store open holds its lock, shared. Whoever must have the store's files alone asks all pages to
 * close it and takes the lock exclusively; a page that opens the store meanwhile waits.
 */
const lockOf = (storeId: string) => `pjai-shard-${storeId}`

const channel = new BroadcastChannel('pjai-shards')

/** Resolves when the store may be opened. The returned function says it is closed. */
const holdShard = (storeId: string): Promise<() => void> =>
  new Promise((resolve, reject) => {
    navigator.locks
      .request(lockOf(storeId), { mode: 'shared' }, () => new Promise<void>((release) => resolve(release)))
      .catch(reject)
  })

/** The same, and what `look` found if no page had the store open: no page opens it between the two. */
export const holdShardAfter = async <A>(
  storeId: string,
  look: () => Promise<A>,
): Promise<{ readonly release: () => void; readonly found: A | undefined }> => {
  let held: Promise<() => void> | undefined
  const found = await navigator.locks.request(lockOf(storeId), { ifAvailable: true }, async (lock) => {
    try {
      return lock === null ? undefined : await look()
    } finally {
      held = holdShard(storeId) // asked for before this one is given back
    }
  })
  return { release: await (held ?? holdShard(storeId)), found }
}

/** Runs `work` while no page has the store open. */
export const withShardAlone = async <A>(storeId: string, closeHere: () => Promise<void>, work: () => Promise<A>) => {
  const alone = navigator.locks.request(lockOf(storeId), async () => {
    await untilReleased(storeId)
    return work()
  })
  channel.postMessage(storeId)
  await closeHere()
  return alone
}

/** Runs `work` if no page has the store open; undefined if one has. A page that opens it meanwhile waits. */
export const whileClosed = <A>(storeId: string, work: () => Promise<A>): Promise<A | undefined> =>
  navigator.locks.request(lockOf(storeId), { ifAvailable: true }, async (lock) => {
    if (lock === null) return undefined
    await untilReleased(storeId)
    return work()
  })

export const onCloseAsked = (close: (storeId: string) => void) => {
  channel.onmessage = ({ data }: MessageEvent<string>) => close(data)
}

/** LiveStore gives the leader's lock back only when its boot succeeded. After one that did not, we take it and let go. */
export const freeLeaderLock = (storeId: string) =>
  navigator.locks.request(`livestore-tab-lock-${storeId}`, { steal: true }, () => undefined)
