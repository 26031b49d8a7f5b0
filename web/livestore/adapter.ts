import { makePersistedAdapter } from '@livestore/adapter-web'
import LiveStoreSharedWorker from '@livestore/adapter-web/shared-worker?sharedworker'
import type { StoreKind } from '#schema/stores/store-id.ts'
import PersonaWorker from './persona.worker.ts?worker'
import { newId, session } from './session.ts'
import WorkspaceWorker from './workspace.worker.ts?worker'

// One id a page load, not one in sessionStorage: a duplicated tab would carry the id of its twin.
const sessionId = newId()

const workers: Record<StoreKind, typeof PersonaWorker> = { persona: PersonaWorker, workspace: WorkspaceWorker }

/** What a page begins with, so that its workers may start later. */
export interface HeadStart {
  readonly state: Uint8Array<ArrayBuffer>
  readonly untilWorkers: () => Promise<void>
}

/** Without a head start the store's worker tells what is in it. */
export const adapterFor = (kind: StoreKind, headStart: HeadStart | undefined) =>
  makePersistedAdapter({
    worker: workers[kind],
    sharedWorker: LiveStoreSharedWorker,
    storage: { type: 'opfs' },
    // LiveStore would make one id a store; a device has one.
    clientId: session.deviceId,
    sessionId,
    ...(headStart === undefined ? {} : { restingState: headStart.state, untilWorkers: headStart.untilWorkers }),
    // LiveStore's own reads the file another tab may be writing, and then the boot fails.
    experimental: { disableFastPath: true },
  })
