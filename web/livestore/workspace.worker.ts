import { makeWorker } from '@livestore/adapter-web/worker'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import { syncOptions } from './sync.ts'

makeWorker({ schema: workspaceSchema, sync: syncOptions })
