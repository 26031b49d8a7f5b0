import { workspaceLink } from '#sealing/workspace-link.ts'
import { workspaceKeyOf } from '#web/livestore/keyring.ts'
import { session } from '#web/livestore/session.ts'

/** The link that opens this workspace on another device. */
export const joinLink = async () => workspaceLink(location.origin, await workspaceKeyOf(session.workspaceId))
