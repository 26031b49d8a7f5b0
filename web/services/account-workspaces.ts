import { Schema } from '@livestore/livestore'
import type { Invitation } from '#sealing/workspace-link.ts'
import { keepWorkspaceKeys } from '#web/livestore/keyring.ts'
import { allSecretsFrom, learnSecrets } from '#web/livestore/owner-secrets.ts'
import { enterAccount, signIn } from '#web/livestore/sign-in.ts'
import { ask } from './server.ts'
import { enterWorkspace } from './workspaces.ts'

/** Makes this a device of the account that a link comes from, and shows its workspace from now on. */
export const joinWorkspace = async ({ code, ...key }: Invitation): Promise<Error | undefined> => {
  await signIn()
  const paired = await enterAccount(() => ask('POST', '/api/pairings/use', { code }))
  if (paired instanceof Error) return paired
  const known = await allSecretsFrom(key)
  if (known instanceof Error) return known
  await keepWorkspaceKeys(key.workspaceId, known)
  enterWorkspace(key.workspaceId)
  return undefined
}

/** The workspaces of this device's account, and whether all their keys are here. */
export const accountWorkspaces = async (): Promise<readonly AccountWorkspace[] | Error> => {
  const found: AccountWorkspace[] = []
  for (let after: string | null = 'workspace'; after !== null; ) {
    const answer = await ask('GET', `/api/stores?after=${after}`)
    if (answer instanceof Error) return answer
    const { stores, next } = decodeStores(answer)
    for (const { storeId, role } of stores) {
      const workspaceId = /^workspace_(.+)$/.exec(storeId)?.[1]
      if (workspaceId === undefined || role !== 'owner') continue
      const learnt = await learnSecrets(workspaceId)
      found.push({ workspaceId, opensHere: !(learnt instanceof Error) && learnt.isWhole })
    }
    after = next
  }
  return found
}

export interface AccountWorkspace {
  readonly workspaceId: string
  readonly opensHere: boolean
}

const decodeStores = Schema.decodeUnknownSync(
  Schema.Struct({
    stores: Schema.Array(Schema.Struct({ storeId: Schema.String, role: Schema.String })),
    next: Schema.NullOr(Schema.String),
  }),
)
