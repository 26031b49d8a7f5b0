import { idFromBytes, isId, namesOfActor, textOfNames } from '#schema/shared/ids.ts'
import type { Stamp } from '#schema/shared/stamp.ts'

/** What this browser is, and which workspace it shows. Set once at start; joining another workspace reloads the page. */
export interface Session {
  readonly workspaceId: string
  readonly deviceId: string
  /** The same for all devices of a workspace, and tells nothing of its id. */
  readonly actorId: string
}

export const newId = (): string => idFromBytes(crypto.getRandomValues(new Uint8Array(16)))

const remembered = (key: string): string => {
  const found = localStorage.getItem(key)
  if (found !== null && isId(found)) return found
  const made = newId()
  localStorage.setItem(key, made)
  return made
}

export const workspaceKey = 'pjai.workspaceId'

/** Whether this browser came here for the first time: then nothing is in its workspace yet. */
export const isFirstVisit = localStorage.getItem(workspaceKey) === null

const workspaceId = remembered(workspaceKey)

export const workspaceStoreId = `workspace_${workspaceId}`

export const session: Session = {
  workspaceId,
  deviceId: remembered('pjai.deviceId'),
  actorId: await actorIdHere(),
}

/** By the browser, which needs no script for it: the first page is spared a hash of ours. */
async function actorIdHere(): Promise<string> {
  const names = new TextEncoder().encode(textOfNames(namesOfActor(workspaceId)))
  return idFromBytes(new Uint8Array(await crypto.subtle.digest('SHA-256', names)))
}

/** Who, on which device, now. */
export const stampNow = (): Stamp => ({ at: new Date(), actorId: session.actorId, deviceId: session.deviceId })
