import type { SyncOptions } from '@livestore/common'
import { makeWsSync } from '@livestore/sync-cf/client'
import { Effect } from '@livestore/utils/effect'
import { type LineStatus, makeMendedSync } from './mended-sync.ts'
import { openSyncChannel, type SyncMessage } from './sync-channel.ts'

/** Runs in the worker that owns the store. */
const backend: NonNullable<SyncOptions['backend']> = (args) => {
  const channel = openSyncChannel()
  const { storeId } = args
  let latest: LineStatus = { connected: false, confirmed: 0, refusal: null }
  const tell = () => channel.postMessage({ type: 'status', storeId, status: latest } satisfies SyncMessage)
  channel.onmessage = ({ data }: MessageEvent<SyncMessage>) => {
    if (data.type === 'ask' && data.storeId === storeId) tell()
  }
  return makeMendedSync(makeWsSync({ url: `${self.location.origin}/sync` }), {
    report: (status) => {
      latest = status
      tell()
    },
    untilWorthDialling: Effect.async<void>((resume) => {
      const online = () => resume(Effect.void)
      self.addEventListener('online', online, { once: true })
      return Effect.sync(() => self.removeEventListener('online', online))
    }),
  })(args).pipe(Effect.tap(() => Effect.addFinalizer(() => Effect.sync(() => channel.close()))))
}

export const syncOptions: SyncOptions = {
  backend,
  // A server that lost its log must not make every device delete its own.
  onBackendIdMismatch: 'shutdown',
  // Whatever ends a sync for good is said, not swallowed.
  onSyncError: 'shutdown',
}
