import { Schema } from 'effect'
import type { Certificate } from '#sealing/certificate.ts'
import { removeAllShardFiles } from '#web/livestore/shard-files.ts'
import { destroy } from './erasing.ts'
import { ask } from './server.ts'

export interface EraseProgress {
  readonly done: number
  readonly all: number
}

/**
 * Destroys the keys of every store the account owns, then the account. What was done stays done when it is cut short: to
 * do it again goes on. Gives the certificates, or why it could not be finished; this device is as it was until
 * `wipeDevice`.
 */
export const eraseAccount = async (
  onProgress: (progress: EraseProgress) => void,
): Promise<readonly Certificate[] | Error> => {
  const storeIds = await ownStoreIds()
  if (storeIds instanceof Error) return storeIds
  const certificates: Certificate[] = []
  for (const storeId of storeIds) {
    onProgress({ done: certificates.length, all: storeIds.length })
    const certificate = await destroy(storeId)
    if (certificate instanceof Error) return certificate
    certificates.push(certificate)
  }
  const answer = await ask('DELETE', '/api/account')
  return answer instanceof Error ? answer : certificates
}

const ownStoreIds = async () => {
  const storeIds: string[] = []
  for (let after: string | null = ''; after !== null; ) {
    const answer = await ask('GET', `/api/stores?after=${after}`)
    if (answer instanceof Error) return answer
    const { stores, next } = decodePage(answer)
    storeIds.push(...stores.filter(({ role }) => role === 'owner').map(({ storeId }) => storeId))
    after = next
  }
  return storeIds
}

const decodePage = Schema.decodeUnknownSync(
  Schema.Struct({
    stores: Schema.Array(Schema.Struct({ storeId: Schema.String, role: Schema.String })),
    next: Schema.NullOr(Schema.String),
  }),
)

/** Where the certificates wait for the person, in the page alone, while this browser is emptied. */
export const certificatesKey = 'pjai.certificates'

/** Takes everything of ours out of this browser. Called where no store is open; other tabs begin anew by themselves. */
export const wipeDevice = async (): Promise<void> => {
  localStorage.clear()
  await removeAllShardFiles()
  await new Promise<void>((resolve) => {
    const request = indexedDB.deleteDatabase('pjai')
    for (const event of ['success', 'error', 'blocked']) request.addEventListener(event, () => resolve())
  })
  for (const name of await caches.keys()) await caches.delete(name)
}
