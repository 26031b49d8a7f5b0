import type { SyncOptions } from '@livestore/common'
import { makeWsSync } from '@livestore/sync-cf/client'

export const syncOptions: SyncOptions = {
  backend: makeWsSync({ url: `${self.location.origin}/sync` }),
  // A server that lost its log must not make every device delete its own.
  onBackendIdMismatch: 'shutdown',
  onSyncError: 'shutdown',
}
