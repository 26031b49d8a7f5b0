import { makeWorker } from '@livestore/adapter-web/worker'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import { syncOptions } from './sync.ts'
import { workerLogger } from './worker-logger.ts'

makeWorker({ schema: workspaceSchema, sync: syncOptions, logger: workerLogger })
