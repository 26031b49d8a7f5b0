import { randomBytes } from 'node:crypto'
import { idFromBytes, idFromNames } from '#schema/shared/ids.ts'
import type { Stamp } from '#schema/shared/stamp.ts'

/** Each run of the command line is a device of its own, of the same person as every device of the workspace. */
export const newDevice = (workspaceId: string) => {
  const deviceId = newId()
  const actorId = idFromNames('actor', workspaceId)
  return { deviceId, newId, stamp: (): Stamp => ({ at: new Date(), actorId, deviceId }) }
}

export const newId = (): string => idFromBytes(randomBytes(16))

/** Until there are moves, every persona is in the first cell. */
export const firstCell = 'c1'
