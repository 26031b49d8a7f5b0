import type { Stamp } from '#schema/shared/stamp.ts'
import { recordDevice } from '#schema/workspace/commands.ts'

interface KnownDevice {
  readonly deviceId: string
  readonly lastSeenAt: Date
}

/** Lets the workspace know of the device in the stamp; nothing, if it heard of it today. */
export const deviceFact = (known: readonly KnownDevice[], agent: string, stamp: Stamp) => {
  const seen = known.find(({ deviceId }) => deviceId === stamp.deviceId)
  if (seen !== undefined && dayOf(seen.lastSeenAt) === dayOf(stamp.at)) return undefined
  return recordDevice(browserOf(agent), platformOf(agent), stamp)
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10)

const firstMatch = (agent: string, names: readonly (readonly [pattern: RegExp, name: string])[]) =>
  names.find(([pattern]) => pattern.test(agent))?.[1] ?? 'Unknown'

/** Order matters: most browsers also say that they are others. */
const browserOf = (agent: string) =>
  firstMatch(agent, [
    [/Edg\//, 'Edge'],
    [/OPR\//, 'Opera'],
    [/Firefox\/|FxiOS/, 'Firefox'],
    [/Chrome\/|CriOS|Chromium/, 'Chrome'],
    [/Safari\//, 'Safari'],
  ])

const platformOf = (agent: string) =>
  firstMatch(agent, [
    [/iPhone|iPad/, 'iOS'],
    [/Android/, 'Android'],
    [/Mac OS X/, 'macOS'],
    [/Windows/, 'Windows'],
    [/Linux|CrOS/, 'Linux'],
  ])
