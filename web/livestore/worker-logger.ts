import { Cause, Layer, Logger } from '@livestore/utils/effect'
import { openSyncChannel, type SyncMessage } from './sync-channel.ts'

/**
 * LiveStore's own log, watched: when a store's recorded head is beyond its log, the boot fails in the worker and is only
 * logged there, while the page waits. This tells the page. The worker's name carries the store's id.
 */
const watcher = Logger.make(({ message, cause }) => {
  if (!`${JSON.stringify(message)} ${Cause.pretty(cause)}`.includes('should never be greater than the local head'))
    return
  const storeId = /^livestore-worker-([a-z]+_[a-z0-9]+)-/.exec(self.name)?.[1]
  if (storeId === undefined) return
  const channel = openSyncChannel()
  channel.postMessage({ type: 'headAhead', storeId } satisfies SyncMessage)
  channel.close()
})

export const workerLogger = Layer.merge(Logger.prettyWithThread(self.name), Logger.add(watcher))
