import { devices$ } from '#schema/workspace/queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import type { WorkspaceStore } from '#web/livestore/stores.ts'
import { deviceFact } from './device-fact.ts'

/** Lets the workspace know of this device, at most once a day. */
export const rememberDevice = (workspace: WorkspaceStore) => {
  const fact = deviceFact(workspace.query(devices$), navigator.userAgent, stampNow())
  if (fact !== undefined) execute(workspace, fact)
}
