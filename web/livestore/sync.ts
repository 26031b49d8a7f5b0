import type { SyncOptions } from '@livestore/common'
import { makeWsSync } from '@livestore/sync-cf/client'
import { Effect } from '@livestore/utils/effect'
import { endsThePull, makeSealedSync } from '#sealing/sealed-sync.ts'
import type { SubjectKeys } from '#sealing/subject-keys.ts'
import { type LineStatus, makeMendedSync } from './mended-sync.ts'
import { whyNot } from './sign-in.ts'
import { makeKeysOf } from './store-keys.ts'
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
  const sealed = makeSealedSync(makeWsSync({ url: `${self.location.origin}/sync` }), subjectKeysOf)
  return makeMendedSync(sealed, {
    whyNot: Effect.promise(() => whyNot(storeId)),
    isFinal: endsThePull,
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

/** Kept as long as the worker, over all its lines. The page put the store's keys in place before it opened the store. */
const subjectKeys = new Map<string, Promise<SubjectKeys>>()

const subjectKeysOf = (storeId: string) => {
  const keys = subjectKeys.get(storeId) ?? makeKeysOf(storeId)
  subjectKeys.set(storeId, keys)
  keys.catch(() => subjectKeys.delete(storeId)) // the next line tries again
  return keys
}

export const syncOptions: SyncOptions = {
  backend,
  // A server that lost its log must not make every device delete its own.
  onBackendIdMismatch: 'shutdown',
  // Whatever ends a sync for good is said, not swallowed.
  onSyncError: 'shutdown',
}
