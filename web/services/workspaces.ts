import { Schema } from '@livestore/livestore'
import { createWorkspace } from '#schema/workspace/commands.ts'
import { workspace$ } from '#schema/workspace/queries.ts'
import type { Invitation, WorkspaceKey } from '#sealing/workspace-link.ts'
import { execute } from '#web/livestore/execute.ts'
import { keepWorkspaceKeys, workspaceKeyOf } from '#web/livestore/keyring.ts'
import { allSecretsFrom, learnSecrets } from '#web/livestore/owner-secrets.ts'
import { session, stampNow, workspaceKey } from '#web/livestore/session.ts'
import { enterAccount, signIn } from '#web/livestore/sign-in.ts'
import type { WorkspaceStore } from '#web/livestore/stores.ts'
import { ask } from './server.ts'

/** A workspace whose logs are on this device. */
const KnownWorkspace = Schema.Struct({
  workspaceId: Schema.String,
  name: Schema.String,
  /** Whether it came from another device, and so has been named there. */
  joined: Schema.Boolean,
})
export type KnownWorkspace = typeof KnownWorkspace.Type

const key = 'pjai.workspaces'
const decode = Schema.decodeUnknownOption(Schema.parseJson(Schema.Array(KnownWorkspace)))

export const knownWorkspaces = (): readonly KnownWorkspace[] => {
  const found = decode(localStorage.getItem(key))
  return found._tag === 'Some' ? found.value : []
}

const remember = (workspace: KnownWorkspace) => {
  const others = knownWorkspaces().filter(({ workspaceId }) => workspaceId !== workspace.workspaceId)
  localStorage.setItem(key, JSON.stringify([workspace, ...others]))
}

const present = () => knownWorkspaces().find(({ workspaceId }) => workspaceId === session.workspaceId)

/** Whether this workspace came from another device, where it has its name and its personas. */
export const isJoined = () => present()?.joined ?? false

/** The keys of all workspaces on this device, the present one first. */
export const workspaceKeysHere = (): Promise<readonly WorkspaceKey[]> => {
  const ids = new Set([session.workspaceId, ...knownWorkspaces().map(({ workspaceId }) => workspaceId)])
  return Promise.all([...ids].map(workspaceKeyOf))
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

/** Gives a workspace begun here its name, and keeps the name for the list of those that this device can return to. */
export const rememberWorkspace = (store: WorkspaceStore) => {
  const { workspaceId } = session
  if (store.query(workspace$) === null && !isJoined()) {
    execute(store, createWorkspace(workspaceId, 'My workspace', stampNow()))
  }
  const name = store.query(workspace$)?.name ?? present()?.name ?? 'Joined workspace'
  remember({ workspaceId, name, joined: isJoined() })
}

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

/** Shows another workspace from now on. The present one stays on this device. */
export const enterWorkspace = (workspaceId: string) => {
  const known = knownWorkspaces().find((workspace) => workspace.workspaceId === workspaceId)
  remember(known ?? { workspaceId, name: 'Joined workspace', joined: true })
  localStorage.setItem(workspaceKey, workspaceId)
  location.replace('/')
}
