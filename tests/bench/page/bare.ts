// LiveStore without the app and without our wrapper: our workspace's tables, opened as LiveStore's documentation does.
import { makePersistedAdapter } from '@livestore/adapter-web'
import LiveStoreSharedWorker from '@livestore/adapter-web/shared-worker?sharedworker'
import { createStorePromise } from '@livestore/livestore'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import BareWorker from './bare.worker.ts?worker'

await createStorePromise({
  schema: workspaceSchema,
  storeId: 'workspace_bare',
  adapter: makePersistedAdapter({
    worker: BareWorker,
    sharedWorker: LiveStoreSharedWorker,
    storage: { type: 'opfs' },
    experimental: { disableFastPath: true },
  }),
  batchUpdates: (run) => run(),
  disableDevtools: true,
})

const heading = document.createElement('h1')
heading.textContent = 'Open'
document.querySelector('main')?.append(heading)
