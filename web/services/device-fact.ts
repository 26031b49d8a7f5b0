import type { Stamp } from '#schema/shared/stamp.ts'
import { recordDevice } from '#schema/workspace/commands.ts'
import { browserOf, platformOf } from '#schema/workspace/user-agent.ts'

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
