import { get, getAll, put, remove, type SealedKey } from '#web/livestore/device-db.ts'
import { session } from '#web/livestore/session.ts'

/**
 * The keys of providers' accounts, on the device they were put in and on no other. Each is sealed by a key of its own
 * that can be used here and never read, and bound to its account: put under another, it does not open.
 */
export const keepKey = async (accountId: string, key: string): Promise<void> => {
  const deviceKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
  const nonce = crypto.getRandomValues(new Uint8Array(12))
  const sealed = await crypto.subtle.encrypt(bound(accountId, nonce), deviceKey, new TextEncoder().encode(key.trim()))
  await put('vault', { accountId, workspaceId: session.workspaceId, deviceKey, nonce, sealed })
}

/** Undefined when this device has none, or one that does not open. */
export const keyOf = async (accountId: string): Promise<string | undefined> => {
  const row = await get('vault', accountId)
  if (row === undefined) return undefined
  try {
    const key = await crypto.subtle.decrypt(bound(accountId, row.nonce), row.deviceKey, row.sealed)
    return new TextDecoder().decode(key)
  } catch {
    return undefined
  }
}

/** Which accounts have a key on this device. */
export const accountsWithKey = async (): Promise<ReadonlySet<string>> =>
  new Set((await getAll('vault')).map(({ accountId }) => accountId))

/** Takes a key out. Gives how to put it back, still sealed, as long as this page lives. */
export const dropKey = async (accountId: string): Promise<() => Promise<void>> => {
  const row = await get('vault', accountId)
  await remove('vault', [accountId])
  return async () => {
    if (row !== undefined) await put('vault', row)
  }
}

const bound = (accountId: string, iv: SealedKey['nonce']) => ({
  name: 'AES-GCM',
  iv,
  additionalData: new TextEncoder().encode(accountId),
})
