import { makeWorker } from '@livestore/adapter-web/worker'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { syncOptions } from './sync.ts'
import { workerLogger } from './worker-logger.ts'

makeWorker({ schema: personaSchema, sync: syncOptions, logger: workerLogger })
