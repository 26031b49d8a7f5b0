import { Data } from 'effect'
import { noteSecretChange } from '#schema/workspace/commands.ts'
import { lastSecretChange$, ownPersonaIds$ } from '#schema/workspace/queries.ts'
import { provenRecipients, proveRecipient, sealChange } from '#sealing/owner-secrets.ts'
import { publicKeyToText } from '#sealing/recipient-pair.ts'
import { newSecret } from '#sealing/store-secret.ts'
import { execute } from '#web/livestore/execute.ts'
import { keepSecrets, keyringOf, secretsIn } from '#web/livestore/keyrings.ts'
import { learnSecrets, type SecretHistory, secretStoreId } from '#web/livestore/owner-secrets.ts'
import { session, stampNow } from '#web/livestore/session.ts'
import { signIn } from '#web/livestore/sign-in.ts'
import type { WorkspaceStore } from '#web/livestore/stores.ts'
import { changeOwedKeys } from './key-rotation.ts'
import { owedKey, workspaceOwed } from './owed-keys.ts'
import { nameRecipient } from './recipients.ts'
import { ask, ServerRefused } from './server.ts'

/**
 * A device that is signed out keeps the secret it had, so the secret changes, and the keys of every store with it.
 *
 *     owed, on this device ─► signed out ─► next secret with the server, sealed to whoever stays ─► kept here
 *                                               ─► keys of every store owed ─► a fact: others ask for the secret
 *
 * A crash between two steps goes on with the next start of this device.
 */
export const signOutDevice = async (workspace: WorkspaceStore, id: string): Promise<Error | undefined> => {
  localStorage.setItem(secretOwed(), '')
  const answer = await ask('DELETE', `/api/devices/${id}`)
  if (answer instanceof Error) return answer
  void settleSecret(workspace).catch(() => undefined) // it stays owed, and the device is signed out
  return undefined
}

/** Keeps this device among those that are handed the secrets to come, and learns those that came. Returns the end of it. */
export const followOwnerSecret = async (workspace: WorkspaceStore): Promise<() => void> => {
  await signIn()
  await settleSecret(workspace)
  await beRecipient()
  return workspace.subscribe(lastSecretChange$, (change) => {
    if (change !== undefined) void catchUp(change.era).catch(() => undefined) // whatever is sealed by it asks again
  })
}

const catchUp = async (era: number) => {
  const { secrets = [] } = (await keyringOf(session.workspaceId)) ?? {}
  if (secrets.length <= era) await learnSecrets(session.workspaceId)
}

const beRecipient = async (): Promise<void> => {
  const history = await learnSecrets(session.workspaceId)
  const keyring = await keyringOf(session.workspaceId)
  if (history instanceof Error || !history.isWhole || keyring === undefined) return
  const { recipientId } = history
  const secret = (await secretsIn(keyring)).at(-1)
  if (secret === undefined) return
  const publicKey = await publicKeyToText(keyring.pair)
  const proof = await proveRecipient(secret, secretStoreId(session.workspaceId), { recipientId, publicKey })
  const known = history.recipients.find((recipient) => recipient.recipientId === recipientId)
  if (known?.publicKey === publicKey && known.proof === proof) return
  await nameRecipient({ workspaceId: session.workspaceId, secret }, { recipientId, publicKey })
}

const secretOwed = () => `pjai.secretOwed.${session.workspaceId}`

const settleSecret = (workspace: WorkspaceStore): Promise<void> =>
  navigator.locks.request(`pjai-secret-${session.workspaceId}`, async () => {
    if (localStorage.getItem(secretOwed()) !== null) await changeSecret(workspace)
    await changeOwedKeys(workspace)
  })

const changeSecret = async (workspace: WorkspaceStore): Promise<void> => {
  await beRecipient() // or this device could not be told from a stranger by the next that changes it
  const history = await learnSecrets(session.workspaceId)
  const keyring = await keyringOf(session.workspaceId)
  if (history instanceof Error || !history.isWhole || keyring === undefined) return
  const secrets = await secretsIn(keyring)
  const next = newSecret()
  const made = await offer(history, secrets, next)
  if (made instanceof ServerRefused && made.code === 'SecretChanged') return changeSecret(workspace) // by another device, which may not know of this one's wish
  if (made instanceof Error) return
  await keepSecrets(session.workspaceId, [...secrets, next], [...keyring.changes, made])
  for (const id of [workspaceOwed, ...workspace.query(ownPersonaIds$)]) localStorage.setItem(owedKey(id), '')
  localStorage.removeItem(secretOwed())
  execute(workspace, noteSecretChange(session.workspaceId, made.era, stampNow()))
}

/** Seals the next secret to everything that a holder of the last one named, and that is still there by the server's word. */
const offer = async (
  { recipients, recipientId }: SecretHistory,
  secrets: readonly Uint8Array<ArrayBuffer>[],
  next: Uint8Array<ArrayBuffer>,
) => {
  const storeId = secretStoreId(session.workspaceId)
  const from = secrets.at(-1)
  if (from === undefined) throw new Error('A keyring has at least one secret.') // our bug
  const named = await provenRecipients(from, storeId, recipients)
  // What is not sealed to this device would be lost to it with the next crash.
  if (!named.some((recipient) => recipient.recipientId === recipientId)) return new NotNamed()
  const change = await sealChange(storeId, secrets.length, { from, to: next }, named)
  const proofs = await Promise.all(
    named.map(async (recipient) => [recipient.recipientId, await proveRecipient(next, storeId, recipient)] as const),
  )
  const answer = await ask('POST', `/api/stores/${storeId}/secrets`, { ...change, proofs: Object.fromEntries(proofs) })
  return answer instanceof Error ? answer : change
}

class NotNamed extends Data.TaggedError('NotNamed') {
  override readonly message = 'The server does not know this device as one that keys are handed to.'
}
