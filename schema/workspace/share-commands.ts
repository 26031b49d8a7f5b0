import { Data } from 'effect'
import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { characterCount } from '#schema/shared/text.ts'
import { workspaceEvents } from './events.ts'
import type { DirectoryEntry } from './queries.ts'

interface MadeShare {
  readonly shareId: string
  readonly personaId: string
  readonly label: string
  readonly token: string
  readonly linkKey: string
}

export const makeShare = (share: MadeShare, stamp: Stamp) =>
  refuseLabel(share.label) ??
  workspaceEvents.shareMade({ ...share, label: share.label.trim(), madeAt: stamp.at, ...signature(stamp) })

/** Asked before the server is: a share that was made there cannot be unmade here. */
export const refuseLabel = (label: string) => (characterCount(label.trim()) > 100 ? new ShareLabelTooLong() : undefined)

export class ShareLabelTooLong extends Data.TaggedError('ShareLabelTooLong') {
  override readonly message = 'A name for whom a link is has at most 100 characters.'
}

interface GivenPersona {
  readonly shareId: string
  readonly personaId: string
  readonly token: string
  readonly linkKey: string
  readonly name: string
  readonly hue: number
  readonly role: string
}

/** `entry`: the persona as this workspace lists it, if it does. A link that comes again may give another role. */
export const receivePersona = (entry: DirectoryEntry | null, given: GivenPersona, stamp: Stamp) => {
  if (entry !== null && entry.sharedRole === null) return new PersonaIsYourOwn()
  return workspaceEvents.sharedPersonaReceived({ ...given, receivedAt: stamp.at, ...signature(stamp) })
}

export class PersonaIsYourOwn extends Data.TaggedError('PersonaIsYourOwn') {
  override readonly message = 'This persona is your own. The link is for somebody else.'
}
