import { isId } from '#schema/shared/ids.ts'
import { session } from '#web/livestore/session.ts'

/** The link that opens this workspace elsewhere. The id stands in the fragment, which no browser sends to a server. */
export const joinLink = () => `${location.origin}/join#${session.workspaceId}`

/** The id in a link, or the id itself; undefined for anything else. Only ids we made are long enough to be a right. */
export const workspaceIdIn = (text: string): string | undefined => {
  const id = text.trim().split('#').at(-1)?.trim() ?? ''
  return isId(id) && id.length === 26 ? id : undefined
}
