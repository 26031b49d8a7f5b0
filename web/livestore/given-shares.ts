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
  const { shareId, sealed, ...right } = decodeGiven(answer)
  const content = sealed === null ? new ShareBroken() : await openSealedShare(linkKey, sealed)
  if (content instanceof Error) return content
  return content.storeId === right.storeId
    ? { shareId, right: { ...right, endedAt: null }, content }
    : new ShareBroken()
}

const decodeGiven = Schema.decodeUnknownSync(
  Schema.Struct({ ...RightGiven.fields, shareId: Schema.String, sealed: Schema.NullOr(Schema.String) }),
)
