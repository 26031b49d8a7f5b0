import { recordDevice } from '#schema/workspace/commands.ts'
import { devices$ } from '#schema/workspace/queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { session, stampNow } from '#web/livestore/session.ts'
import type { WorkspaceStore } from '#web/livestore/stores.ts'

/** Lets the workspace know of this device, at most once a day. */
export const rememberDevice = (workspace: WorkspaceStore) => {
  const known = workspace.query(devices$).find(({ deviceId }) => deviceId === session.deviceId)
  const stamp = stampNow()
  if (known !== undefined && dayOf(known.lastSeenAt) === dayOf(stamp.at)) return
  execute(workspace, recordDevice(browserOf(navigator.userAgent), platformOf(navigator.userAgent), stamp))
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10)

const firstMatch = (agent: string, names: readonly (readonly [pattern: RegExp, name: string])[]) =>
  names.find(([pattern]) => pattern.test(agent))?.[1] ?? 'Unknown'

/** Order matters: most browsers also say that they are others. */
export const browserOf = (agent: string) =>
  firstMatch(agent, [
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\/|FxiOS/, 'Firefox'],
    [/Chrome\/|CriOS|Chromium/, 'Chrome'],
    [/Safari\//, 'Safari'],
  ])

export const platformOf = (agent: string) =>
  firstMatch(agent, [
    [/iPhone|iPad/, 'iOS'],
    [/Android/, 'Android'],
    [/Mac OS X/, 'macOS'],
    [/Windows/, 'Windows'],
    [/Linux|CrOS/, 'Linux'],
  ])
