import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { receivedIdOf } from '#schema/shared/transfers.ts'
import { attachmentEvents } from './events.ts'
import type { Attachment } from './state.ts'

interface Way {
  readonly transferId: string
  readonly toPersonaId: string
}

/** A file comes along with its conversation. Its bytes are to be there first. */
export const receiveAttachment = (file: Attachment, { transferId, toPersonaId }: Way, stamp: Stamp) =>
  attachmentEvents.attachmentReceived({
    attachmentId: receivedIdOf(file.attachmentId, transferId),
    personaId: toPersonaId,
    ...(file.conversationId === null ? {} : { conversationId: receivedIdOf(file.conversationId, transferId) }),
    name: file.name,
    mediaType: file.mediaType,
    bytes: file.bytes,
    sha256: file.sha256,
    chunkBytes: file.chunkBytes,
    ...(file.width === null ? {} : { width: file.width }),
    ...(file.height === null ? {} : { height: file.height }),
    ...(file.durationMs === null ? {} : { durationMs: file.durationMs }),
    ...(file.pages === null ? {} : { pages: file.pages }),
    ...(file.encoding === null ? {} : { encoding: file.encoding }),
    addedAt: file.addedAt,
    receivedAt: stamp.at,
    ...signature(stamp),
  })
