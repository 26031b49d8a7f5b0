import { randomBytes } from 'node:crypto'
import { idFromBytes } from '#schema/shared/ids.ts'
import { actorIdOf } from '#schema/shared/ids-from-names.ts'
import type { Stamp } from '#schema/shared/stamp.ts'

/** Each run of the command line is a device of its own, of the same person as every device of the workspace. */
export const deviceOf = (workspaceId: string, deviceId: string) => {
  const actorId = actorIdOf(workspaceId)
  return { deviceId, newId, stamp: (): Stamp => ({ at: new Date(), actorId, deviceId }) }
}

export const newId = (): string => idFromBytes(randomBytes(16))
