import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { sharesOf$ } from '#schema/workspace/share-queries.ts'
import { sealShare } from '#sealing/share-link.ts'
import { storeKeysFrom } from '#sealing/store-secret.ts'
import { ensureStoreKeys } from '#web/livestore/keyring.ts'
import { rightTo } from '#web/livestore/rights.ts'
import { workspaceStoreId } from '#web/livestore/session.ts'
import { makeKeysOf } from '#web/livestore/store-keys.ts'
import { nextSecretOf, storeSecretsOf } from '#web/livestore/store-secrets.ts'
import { personaStoreId, type WorkspaceStore } from '#web/livestore/stores.ts'
import { witnessOf } from './audit/witness.ts'
import { owedIds, owedKey, workspaceOwed } from './owed-keys.ts'
import { ask, ServerRefused } from './server.ts'
import { sharesTo } from './shares.ts'

/**
 * What is sealed after a share was revoked does not open by what it gave, nor by what a device held that was signed out: the
 * next generation of the store's keys begins.
 *
 *     revoked ─► owed, on this device ─► handed over with every other share ─► begun: sealed by from now on ─► settled
 *
 * A crash between two steps begins anew at the first: what was handed over and never begun does no harm.
 */
export const endShare = async (
  workspace: WorkspaceStore,
  personaId: string,
  shareId: string,
): Promise<Error | undefined> => {
  const storeId = personaStoreId(personaId)
  const isOwner = (rightTo(storeId)?.role ?? 'owner') === 'owner'
  if (isOwner) localStorage.setItem(owedKey(personaId), '')
  const answer = await ask('DELETE', `/api/stores/${storeId}/shares/${shareId}`)
  if (answer instanceof Error) return answer
  void changeKeys(workspace, personaId).catch(() => undefined) // it stays owed, and the share has ended
  return undefined
}

const changeKeys = (workspace: WorkspaceStore, id: string): Promise<Error | undefined> =>
  navigator.locks.request(`pjai-keys-${id}`, () => settle(workspace, id))

/** Goes on with what is owed, at the start of the page too: what an end of it or of the network cut short. */
export const changeOwedKeys = async (workspace: WorkspaceStore): Promise<void> => {
  for (const id of owedIds()) await changeKeys(workspace, id).catch(() => undefined) // it stays owed
}

const settle = async (workspace: WorkspaceStore, id: string): Promise<Error | undefined> => {
  if (localStorage.getItem(owedKey(id)) === null) return undefined // another tab was first
  const storeId = id === workspaceOwed ? workspaceStoreId : personaStoreId(id)
  await ensureStoreKeys(storeId, async () => []) // it may never have been opened here
  const secrets = await storeSecretsOf(storeId)
  if (secrets instanceof Error) return secrets
  const next = await nextSecretOf(storeId)
  const failure = id === workspaceOwed ? undefined : await handOver(workspace, id, [...secrets, next])
  if (failure !== undefined && !isErased(failure)) return failure
  if (failure === undefined) await (await makeKeysOf(storeId)).begin(await storeKeysFrom(next, storeId))
  localStorage.removeItem(owedKey(id))
  return undefined
}

/** There is nothing left to seal. */
const isErased = (failure: Error) => failure instanceof ServerRefused && failure.code === 'StoreErased'

/** Seals the secrets anew for everybody who came by a link that this workspace made and that holds still. A redacted one never gets any. */
const handOver = async (
  workspace: WorkspaceStore,
  personaId: string,
  secrets: readonly Uint8Array<ArrayBuffer>[],
): Promise<Error | undefined> => {
  const entry = workspace.query(directoryEntry$(personaId))
  const shares = await sharesTo(personaId)
  if (shares instanceof Error) return shares
  const open = new Map(
    shares.filter(({ revokedAt, redacted }) => revokedAt === null && !redacted).map((share) => [share.shareId, share]),
  )
  const storeId = personaStoreId(personaId)
  for (const { shareId, linkKey } of workspace.query(sharesOf$(personaId)).filter((made) => open.has(made.shareId))) {
    const witness = open.get(shareId)?.role === 'auditor' ? await witnessOf(workspace, personaId) : undefined
    const sealed = await sealShare(linkKey, {
      storeId,
      name: entry?.name ?? '',
      hue: entry?.hue ?? 0,
      secrets,
      witness,
    })
    const answer = await ask('PATCH', `/api/stores/${storeId}/shares/${shareId}`, { sealed })
    if (answer instanceof Error) return answer
  }
  return undefined
}

/** Who shares on what was shared with him hands over what came since. Cheap when nothing did. */
export const handOnNewKeys = async (workspace: WorkspaceStore, personaId: string): Promise<void> => {
  if (workspace.query(sharesOf$(personaId)).length === 0) return
  const secrets = await storeSecretsOf(personaStoreId(personaId))
  const key = `pjai.keysHandedOn.${personaId}`
  if (secrets instanceof Error || Number(localStorage.getItem(key)) === secrets.length) return
  if ((await handOver(workspace, personaId, secrets)) === undefined) localStorage.setItem(key, String(secrets.length))
}
