import { Schema } from '@livestore/livestore'
import { chunkCountOf, chunkRange } from '#schema/attachments/chunks.ts'
import { endAttachmentLink, makeAttachmentLink } from '#schema/attachments/commands.ts'
import { linksToEnd$ } from '#schema/attachments/queries.ts'
import type { Attachment, AttachmentLink } from '#schema/attachments/state.ts'
import { linkChunks, sealFileCard } from '#sealing/file-link.ts'
import { newLinkKey } from '#sealing/link-cipher.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { signIn } from '#web/livestore/sign-in.ts'
import { type PersonaStore, personaStoreId } from '#web/livestore/stores.ts'
import { ask, ServerAway, ServerRefused, send } from '#web/services/server.ts'
import { attachmentBytes } from './attachment-bytes.ts'
import { FileFailure, failureIn } from './file-failure.ts'
import { keyToSend, subjectOfFile } from './file-keys.ts'

/** A public link by the server's word. To which file it leads, and its key, stand in the persona's log alone. */
const GivenLink = Schema.Struct({
  linkId: Schema.String,
  createdAt: Schema.Date,
  expiresAt: Schema.NullOr(Schema.Date),
  revokedAt: Schema.NullOr(Schema.Date),
  erasedAt: Schema.NullOr(Schema.Date),
  downloads: Schema.Number,
  lastDownloadAt: Schema.NullOr(Schema.Date),
})
export type GivenLink = typeof GivenLink.Type

/** The newest first. */
export const givenLinks = async (personaId: string): Promise<readonly GivenLink[] | Error> => {
  await signIn()
  const answer = await ask('GET', path(personaId))
  return answer instanceof Error ? answer : decodeLinks(answer).links
}

/**
 * Seals a copy of the file by a key of its own, gives it to the server, and keeps the link in the persona's log. Gives the
 * link's id. What is cut short leaves a copy that nobody has a link to, and that can be revoked.
 */
export const makeFileLink = async (
  store: PersonaStore,
  attachment: Attachment,
  expiresAt: Date | null,
  onProgress: (part: number) => void,
): Promise<string | Error> => {
  const { personaId, attachmentId } = attachment
  const bytes = await attachmentBytes(personaId, attachmentId)
  if (bytes instanceof Error) return bytes
  const made = await giveCopy(attachment, bytes, expiresAt, onProgress)
  if (made instanceof Error) return made
  return execute(store, makeAttachmentLink(attachment, made, stampNow())) ?? made.linkId
}

const giveCopy = async (
  attachment: Attachment,
  bytes: Blob,
  expiresAt: Date | null,
  onProgress: (part: number) => void,
) => {
  const { personaId, name, mediaType, sha256, chunkBytes, encoding } = attachment
  const count = chunkCountOf(attachment)
  if (count === undefined) return new FileFailure({ code: 'malformed' })
  try {
    const { keyId } = await keyToSend(personaStoreId(personaId), subjectOfFile(attachment))
    const linkKey = newLinkKey()
    const card = { name, mediaType, bytes: attachment.bytes, sha256, chunkBytes, encoding }
    const answer = await ask('POST', path(personaId), {
      keyId,
      chunks: count,
      sealed: await sealFileCard(linkKey, card),
      ...(expiresAt === null ? {} : { expiresAt }),
    })
    if (answer instanceof Error) return answer
    const { linkId, token } = decodeMade(answer)
    const chunks = await linkChunks(linkKey, sha256, count)
    for (let index = 0; index < count; index++) {
      const plain = new Uint8Array(await bytes.slice(...chunkRange(attachment, index)).arrayBuffer())
      const body = await chunks.seal(index, plain)
      const put = await send(`${path(personaId)}/${linkId}/chunks/${index}`, { method: 'PUT', body })
      if (put instanceof Error) {
        await ask('DELETE', `${path(personaId)}/${linkId}`) // or it stands among the unfinished ones
        return put
      }
      onProgress((index + 1) / count)
    }
    return { linkId, token, linkKey }
  } catch (error) {
    return failureIn(error)
  }
}

/** Counts at once for everybody. `link`: none of one that was never finished. */
export const endFileLink = async (
  store: PersonaStore,
  personaId: string,
  linkId: string,
  link: Pick<AttachmentLink, 'linkId' | 'attachmentId' | 'personaId' | 'conversationId'> | undefined,
): Promise<Error | undefined> => {
  const answer = await ask('DELETE', `${path(personaId)}/${linkId}`)
  if (answer instanceof Error) return answer
  return link === undefined ? undefined : execute(store, endAttachmentLink(link, stampNow()))
}

/** Of files that were removed for good. Whether nothing is left to be tried again by itself. */
export const endLinksOfDiscarded = async (store: PersonaStore): Promise<boolean> => {
  for (const link of store.query(linksToEnd$)) {
    const refusal = await endFileLink(store, link.personaId, link.linkId, link)
    if (refusal instanceof ServerAway) return false
    // The server has none such any more; or it is the owner's to end, and his devices do.
    if (refusal instanceof ServerRefused && refusal.code === 'FileLinkNotFound')
      execute(store, endAttachmentLink(link, stampNow()))
  }
  return true
}

const path = (personaId: string) => `/api/stores/${personaStoreId(personaId)}/file-links`

const decodeLinks = Schema.decodeUnknownSync(Schema.Struct({ links: Schema.Array(GivenLink) }))
const decodeMade = Schema.decodeUnknownSync(Schema.Struct({ linkId: Schema.String, token: Schema.String }))
