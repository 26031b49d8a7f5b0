import { proveRecipient, type Recipient } from '#sealing/owner-secrets.ts'
import type { WorkspaceKey } from '#sealing/workspace-link.ts'
import { secretStoreId } from '#web/livestore/owner-secrets.ts'
import { ask, ServerRefused } from './server.ts'

/** Has the workspace's next secrets handed to this key too. */
export const nameRecipient = async (
  { workspaceId, secret }: WorkspaceKey,
  { recipientId, publicKey }: Omit<Recipient, 'proof'>,
): Promise<Error | undefined> => {
  const storeId = secretStoreId(workspaceId)
  const proof = await proveRecipient(secret, storeId, { recipientId, publicKey })
  const answer = await ask('PUT', `/api/stores/${storeId}/recipients/${recipientId}`, { publicKey, proof })
  if (answer instanceof ServerRefused && answer.code === 'NoRight') return undefined // it is another account's
  return answer instanceof Error ? answer : undefined
}
