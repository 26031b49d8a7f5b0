import { Schema } from '@livestore/livestore'
import { openSealedShare, ShareBroken, type ShareContent, type ShareLink } from '#sealing/share-link.ts'
import { ask } from '#web/services/server.ts'
import type { Right } from './device-db.ts'
import { RightGiven } from './rights.ts'
import { signIn } from './sign-in.ts'

/** What a link gives: a right, from the server; and the store's secrets, opened by the key in the link. */
export interface GivenShare {
  readonly shareId: string
  readonly right: Right
  /** The right is to verify the log, and no secret comes with it. */
  readonly isRedacted: boolean
  readonly content: ShareContent
}

/** What opening the link would give, or why it cannot be opened. */
export const lookAtLink = (link: ShareLink) => askFor('/api/shares/look', link)

/** The right is this account's from then on. */
export const openLink = (link: ShareLink) => askFor('/api/shares/open', link)

const askFor = async (path: string, { token, linkKey }: ShareLink): Promise<GivenShare | Error> => {
  await signIn().catch(() => false) // offline: then nobody answers the next question either
  const answer = await ask('POST', path, { token })
  if (answer instanceof Error) return answer
  const { shareId, sealed, redacted: isRedacted, ...right } = decodeGiven(answer)
  const content = sealed === null ? new ShareBroken() : await openSealedShare(linkKey, sealed)
  if (content instanceof Error) return content
  const isWhole = content.storeId === right.storeId && (isRedacted || content.secrets.length > 0)
  return isWhole ? { shareId, right: { ...right, endedAt: null }, isRedacted, content } : new ShareBroken()
}

const decodeGiven = Schema.decodeUnknownSync(
  Schema.Struct({
    ...RightGiven.fields,
    shareId: Schema.String,
    redacted: Schema.Boolean,
    sealed: Schema.NullOr(Schema.String),
  }),
)
