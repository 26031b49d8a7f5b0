import { Schema } from '@livestore/livestore'
import { Recipient, type RecipientKey, SecretChange, SecretChangeBroken, secretsFrom } from '#sealing/owner-secrets.ts'
import type { WorkspaceKey } from '#sealing/workspace-link.ts'
import { ask, ServerRefused } from '#web/services/server.ts'
import { keepSecrets, keyringOf, secretsIn } from './keyrings.ts'

/** The secrets of a workspace, the oldest first, and the changes between them. */
export interface KnownSecrets {
  readonly secrets: readonly Uint8Array<ArrayBuffer>[]
  readonly changes: readonly SecretChange[]
}

export const secretStoreId = (workspaceId: string) => `workspace_${workspaceId}`

/** Of a workspace that is another account's there is none to be had. */
const secretHistory = async (workspaceId: string): Promise<SecretHistory | Error> => {
  const answer = await ask('GET', `/api/stores/${secretStoreId(workspaceId)}/secrets`)
  if (answer instanceof ServerRefused && answer.code === 'NoRight')
    return { changes: [], recipients: [], recipientId: '' }
  return answer instanceof Error ? answer : decodeHistory(answer)
}

/** All secrets of a workspace, from the one that a link or a keyring brought. `mine`: what came with it to open later ones. */
export const allSecretsFrom = async (
  { workspaceId, secret }: WorkspaceKey,
  mine: readonly RecipientKey[] = [],
): Promise<KnownSecrets | Error> => {
  const history = await secretHistory(workspaceId)
  if (history instanceof Error) return history
  const secrets = await opened(workspaceId, secret, history, mine)
  return secrets instanceof Error ? secrets : { secrets, changes: history.changes.slice(0, secrets.length - 1) }
}

/**
 * Asks for the secrets that this device has not heard of, and keeps them. `isWhole`: whether it has them all; one that was
 * signed out has not. A server that lost the changes is given them again.
 */
export const learnSecrets = async (
  workspaceId: string,
): Promise<(SecretHistory & { readonly isWhole: boolean }) | Error> => {
  const history = await secretHistory(workspaceId)
  if (history instanceof Error) return history
  const keyring = await keyringOf(workspaceId)
  if (keyring === undefined) return { ...history, isWhole: false }
  const newest = (await secretsIn(keyring)).at(-1)
  const lost = keyring.changes.slice(history.changes.length)
  for (const change of lost) {
    const kept = await ask('POST', `/api/stores/${secretStoreId(workspaceId)}/secrets`, { ...change, proofs: {} })
    if (kept instanceof Error) return kept
  }
  if (lost.length > 0 || newest === undefined) return { ...history, changes: keyring.changes, isWhole: true }
  const mine = [{ recipientId: history.recipientId, privateKey: keyring.pair.privateKey }]
  const secrets = await opened(workspaceId, newest, history, mine)
  if (secrets instanceof Error) return secrets
  if (secrets.length > keyring.secrets.length)
    await keepSecrets(workspaceId, secrets, history.changes.slice(0, secrets.length - 1))
  return { ...history, isWhole: secrets.length > history.changes.length }
}

const opened = (
  workspaceId: string,
  secret: Uint8Array<ArrayBuffer>,
  { changes }: SecretHistory,
  mine: readonly RecipientKey[],
) =>
  secretsFrom(secretStoreId(workspaceId), secret, changes, mine).catch((error: unknown) => {
    if (error instanceof SecretChangeBroken) return error
    throw error
  })

const SecretHistory = Schema.Struct({
  changes: Schema.Array(SecretChange),
  recipients: Schema.Array(Recipient),
  /** What this device is called among them. */
  recipientId: Schema.String,
})
/** What the server keeps of how a workspace's secret changed. */
export type SecretHistory = typeof SecretHistory.Type

const decodeHistory = Schema.decodeUnknownSync(SecretHistory)
