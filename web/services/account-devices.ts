import { Schema } from '@livestore/livestore'
import { ask } from './server.ts'

/** A device that is signed in to this account. */
const AccountDevice = Schema.Struct({
  id: Schema.String,
  browser: Schema.String,
  platform: Schema.String,
  firstSeenAt: Schema.Date,
  lastSeenAt: Schema.Date,
  isThisDevice: Schema.Boolean,
})
export type AccountDevice = typeof AccountDevice.Type

const decode = Schema.decodeUnknownSync(Schema.Struct({ devices: Schema.Array(AccountDevice) }))

/** The last seen first. */
export const accountDevices = async (): Promise<readonly AccountDevice[] | Error> => {
  const answer = await ask('GET', '/api/devices')
  return answer instanceof Error ? answer : decode(answer).devices
}
