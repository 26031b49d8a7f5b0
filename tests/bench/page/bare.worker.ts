import { makeWorker } from '@livestore/adapter-web/worker'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'

makeWorker({ schema: workspaceSchema })
