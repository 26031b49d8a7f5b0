import { isId } from '#schema/shared/ids.ts'
import { secretFromText, secretToText } from './store-secret.ts'

/** What opens a workspace: which it is, and its owner's secret. */
export interface WorkspaceKey {
  readonly workspaceId: string
  readonly secret: Uint8Array<ArrayBuffer>
}

/** What brings one other device in: the key, and a code that the server takes once. */
export interface Invitation extends WorkspaceKey {
  readonly code: string
}

/** All of it stands in the fragment, which no browser sends to a server. */
export const workspaceLink = (origin: string, { workspaceId, secret, code }: Invitation): string =>
  `${origin}/join#${workspaceId}.${secretToText(secret)}.${code}`

/** What is in a link, or in its fragment alone; undefined for anything else. Only ids we made are 26 characters long. */
export const invitationIn = (text: string): Invitation | undefined => {
  const [workspaceId = '', given = '', code = '', ...rest] = text.trim().split('#').at(-1)?.split('.') ?? []
  const secret = secretFromText(given)
  const isWhole = [workspaceId, code].every((id) => isId(id) && id.length === 26) && rest.length === 0
  return isWhole && secret !== undefined ? { workspaceId, secret, code } : undefined
}
