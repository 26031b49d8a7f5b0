import { Schema } from '@livestore/livestore'
import { personaStoreId } from '#web/livestore/stores.ts'
import { thisAccount } from './account.ts'
import { accountDevices } from './account-devices.ts'
import { ask } from './server.ts'

/** Who came to a store or was turned away, as the server wrote it down. */
const Access = Schema.Struct({
  seq: Schema.Int,
  at: Schema.Date,
  /** Empty when nobody was signed in. */
  accountId: Schema.String,
  sessionId: Schema.String,
  what: Schema.String,
  /** The code of a refusal, the id of a share, or nothing. */
  why: Schema.String,
})
export type Access = typeof Access.Type

const Page = Schema.Struct({ entries: Schema.Array(Access), next: Schema.NullOr(Schema.Int) })
export type AccessPage = typeof Page.Type
const decodePage = Schema.decodeUnknownSync(Page)

/** The newest entries, or those before one; fifty at a time. */
export const accessPage = async (storeId: string, before: number | null): Promise<AccessPage | Error> => {
  const from = before === null ? '' : `&before=${before}`
  const answer = await ask('GET', `/api/stores/${storeId}/access?limit=50${from}`)
  return answer instanceof Error ? answer : decodePage(answer)
}

/** Whom the person knows by name: himself, and the devices he is signed in on. */
export interface Known {
  readonly accountId: string
  readonly deviceNames: ReadonlyMap<string, string>
  readonly thisSessionId: string | undefined
}

export const whomIKnow = async (): Promise<Known | Error> => {
  const [account, devices] = await Promise.all([thisAccount(), accountDevices()])
  if (account instanceof Error) return account
  if (devices instanceof Error) return devices
  return {
    accountId: account.accountId,
    deviceNames: new Map(devices.map(({ id, browser, platform }) => [id, `${browser} on ${platform}`])),
    thisSessionId: devices.find(({ isThisDevice }) => isThisDevice)?.id,
  }
}

/** Tells the log of a persona that it was exported; no export waits for it, or fails by it. */
export const noteExport = (personaId: string): void =>
  void ask('POST', `/api/stores/${personaStoreId(personaId)}/access`, { what: 'log exported' })
