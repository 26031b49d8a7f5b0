import { Schema } from '@livestore/livestore'
import { createWorkspace } from '#schema/workspace/commands.ts'
import { workspace$ } from '#schema/workspace/queries.ts'
import type { WorkspaceKey } from '#sealing/workspace-link.ts'
import { execute } from '#web/livestore/execute.ts'
import { workspaceKeyOf } from '#web/livestore/keyring.ts'
import { session, stampNow, workspaceKey } from '#web/livestore/session.ts'
import type { WorkspaceStore } from '#web/livestore/stores.ts'

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

/** Gives a workspace begun here its name, and keeps the name for the list of those that this device can return to. */
export const rememberWorkspace = (store: WorkspaceStore) => {
  const { workspaceId } = session
  if (store.query(workspace$) === null && !isJoined()) {
    execute(store, createWorkspace(workspaceId, 'My workspace', stampNow()))
  }
  const name = store.query(workspace$)?.name ?? present()?.name ?? 'Joined workspace'
  remember({ workspaceId, name, joined: isJoined() })
}

/** Shows another workspace from now on. The present one stays on this device. */
export const enterWorkspace = (workspaceId: string) => {
  const known = knownWorkspaces().find((workspace) => workspace.workspaceId === workspaceId)
  remember(known ?? { workspaceId, name: 'Joined workspace', joined: true })
  localStorage.setItem(workspaceKey, workspaceId)
  location.replace('/')
}
