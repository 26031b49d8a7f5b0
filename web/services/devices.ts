import { devices$ } from '#schema/workspace/queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import type { WorkspaceStore } from '#web/livestore/stores.ts'
import { deviceFact } from './device-fact.ts'
import { ask } from './server.ts'

/** Lets the workspace know of this device, at most once a day. Being asked about, its session lasts on, too. */
export const rememberDevice = (workspace: WorkspaceStore) => {
  const fact = deviceFact(workspace.query(devices$), navigator.userAgent, stampNow())
  if (fact === undefined) return
  execute(workspace, fact)
  void ask('GET', '/api/auth/get-session')
}
