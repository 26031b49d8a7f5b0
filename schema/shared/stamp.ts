import { Schema } from '@livestore/livestore'

/** Who decided, on which device, when. Every command takes one; the shell makes it. */
export interface Stamp {
  readonly at: Date
  readonly actorId: string
  readonly deviceId: string
}

/** What of a stamp every event carries beside its own `…At`. */
export const stamped = { actorId: Schema.String, deviceId: Schema.String }

export const signature = ({ actorId, deviceId }: Stamp) => ({ actorId, deviceId })
