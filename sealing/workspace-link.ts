import { isId } from '#schema/shared/ids.ts'
import { secretFromText, secretToText } from './store-secret.ts'

/** The two that open a workspace: which it is, and its owner's secret. */
export interface WorkspaceKey {
  readonly workspaceId: string
  readonly secret: Uint8Array<ArrayBuffer>
}

/** The link that opens a workspace elsewhere. Both stand in the fragment, which no browser sends to a server. */
export const workspaceLink = (origin: string, { workspaceId, secret }: WorkspaceKey): string =>
  `${origin}/join#${workspaceId}.${secretToText(secret)}`

/** What is in a link, or in its fragment alone; undefined for anything else. Only ids we made are 26 characters long. */
export const workspaceKeyIn = (text: string): WorkspaceKey | undefined => {
  const [workspaceId = '', given = '', ...rest] = text.trim().split('#').at(-1)?.split('.') ?? []
  const secret = secretFromText(given)
  const isWhole = isId(workspaceId) && workspaceId.length === 26 && secret !== undefined && rest.length === 0
  return isWhole ? { workspaceId, secret } : undefined
}
