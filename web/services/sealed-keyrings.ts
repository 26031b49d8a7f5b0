import { newRecipientPair, publicKeyToText } from '#sealing/recipient-pair.ts'
import { type KeyringKey, type SealedKeyring, sealKeyring } from '#sealing/recovery-key.ts'
import { keepWorkspaceKeys } from '#web/livestore/keyring.ts'
import { allSecretsFrom } from '#web/livestore/owner-secrets.ts'
import { nameRecipient } from './recipients.ts'
import { workspaceKeysHere } from './workspaces.ts'

/**
 * The keyring of this device, sealed by a recovery key or a passkey. `handOver` is called when the server has it: from then
 * on what opens it is handed the secrets that come.
 */
export const sealHere = async (key: KeyringKey) => {
  const workspaces = await workspaceKeysHere()
  const pair = await newRecipientPair(true)
  const handOver = async (recipientId: string): Promise<Error | undefined> => {
    const publicKey = await publicKeyToText(pair)
    for (const workspace of workspaces) {
      const failure = await nameRecipient(workspace, { recipientId, publicKey })
      if (failure !== undefined) return failure
    }
    return undefined
  }
  return { keyring: await sealKeyring(key, workspaces, pair.privateKey), handOver }
}

/** Keeps what a keyring opens, the secrets that came after it was sealed too. Gives the ids of its workspaces. */
export const keepSealed = async (
  recipientId: string,
  { workspaces, privateKey }: SealedKeyring,
): Promise<readonly string[] | Error> => {
  const mine = privateKey === undefined ? [] : [{ recipientId, privateKey }]
  for (const workspace of workspaces) {
    const known = await allSecretsFrom(workspace, mine)
    if (known instanceof Error) return known
    await keepWorkspaceKeys(workspace.workspaceId, known)
  }
  return workspaces.map(({ workspaceId }) => workspaceId)
}
