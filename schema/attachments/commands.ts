import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { characterCount } from '#schema/shared/text.ts'
import { attachmentEvents, type FileFacts } from './events.ts'
import { isAllowedType } from './kinds.ts'
import {
  AttachmentEmpty,
  AttachmentNameIllegal,
  AttachmentNotDeleted,
  AttachmentNotFound,
  AttachmentTooLarge,
  AttachmentTypeNotAllowed,
  TooManyAttachments,
} from './refusals.ts'
import type { Attachment } from './state.ts'

export interface AttachmentDraft extends FileFacts {
  readonly attachmentId: string
}

interface Place {
  readonly personaId: string
  readonly conversationId?: string
}

export const addAttachment = ({ personaId, conversationId }: Place, draft: AttachmentDraft, stamp: Stamp) =>
  refuseFile(draft) ??
  attachmentEvents.attachmentAdded({
    ...draft,
    personaId,
    ...(conversationId === undefined ? {} : { conversationId }),
    addedAt: stamp.at,
    ...signature(stamp),
  })

/** What may be asked of a file before a byte of it is kept. */
export const refuseFile = ({ name, bytes, mediaType }: Pick<FileFacts, 'name' | 'bytes' | 'mediaType'>) => {
  const length = characterCount(name.trim())
  if (length < 1 || length > 255) return new AttachmentNameIllegal({ limit: 255 })
  if (bytes < 1) return new AttachmentEmpty({ name })
  if (!(bytes <= maxFileBytes)) return new AttachmentTooLarge({ name, limit: maxFileBytes })
  return isAllowedType(mediaType) ? undefined : new AttachmentTypeNotAllowed({ name })
}

const maxFileBytes = 104_857_600

export const noteUploaded = (attachment: AttachmentIds | null, keyId: string, stamp: Stamp) =>
  attachment === null
    ? new AttachmentNotFound()
    : attachmentEvents.attachmentUploaded({ ...idsOf(attachment), keyId, uploadedAt: stamp.at, ...signature(stamp) })

type Batch = readonly [personaId: string, attachmentIds: readonly string[], batchId: string, stamp: Stamp]

interface MadeLink {
  readonly linkId: string
  readonly token: string
  readonly linkKey: string
}

export const makeAttachmentLink = (attachment: AttachmentIds | null, link: MadeLink, stamp: Stamp) =>
  attachment === null
    ? new AttachmentNotFound()
    : attachmentEvents.attachmentLinkMade({ ...idsOf(attachment), ...link, madeAt: stamp.at, ...signature(stamp) })

export const endAttachmentLink = (link: AttachmentIds & Pick<MadeLink, 'linkId'>, stamp: Stamp) =>
  attachmentEvents.attachmentLinkEnded({
    ...idsOf(link),
    linkId: link.linkId,
    endedAt: stamp.at,
    ...signature(stamp),
  })

export const deleteAttachments = (...[personaId, attachmentIds, batchId, stamp]: Batch) =>
  refuseBatch(attachmentIds) ??
  attachmentEvents.attachmentsDeleted({
    personaId,
    attachmentIds,
    batchId,
    deletedAt: stamp.at,
    ...signature(stamp),
  })

export const restoreAttachments = (...[personaId, attachmentIds, batchId, stamp]: Batch) =>
  refuseBatch(attachmentIds) ??
  attachmentEvents.attachmentsRestored({
    personaId,
    attachmentIds,
    batchId,
    restoredAt: stamp.at,
    ...signature(stamp),
  })

/** For good: only what is deleted already. */
export const discardAttachments = (
  personaId: string,
  deleted: readonly Pick<Attachment, 'attachmentId' | 'deletedAt'>[],
  stamp: Stamp,
) => {
  if (deleted.length === 0) return new AttachmentNotFound()
  if (deleted.some(({ deletedAt }) => deletedAt === null)) return new AttachmentNotDeleted()
  const attachmentIds = deleted.map(({ attachmentId }) => attachmentId)
  return (
    refuseBatch(attachmentIds) ??
    attachmentEvents.attachmentsDiscarded({ personaId, attachmentIds, discardedAt: stamp.at, ...signature(stamp) })
  )
}

export const noteBlobsRemoved = (personaId: string, attachmentIds: readonly string[], stamp: Stamp) =>
  attachmentEvents.attachmentBlobsRemoved({ personaId, attachmentIds, removedAt: stamp.at, ...signature(stamp) })

type AttachmentIds = Pick<Attachment, 'attachmentId' | 'personaId' | 'conversationId'>

const idsOf = ({ attachmentId, personaId, conversationId }: AttachmentIds) => ({
  attachmentId,
  personaId,
  ...(conversationId === null ? {} : { conversationId }),
})

const refuseBatch = (attachmentIds: readonly string[]) =>
  attachmentIds.length > 2000 ? new TooManyAttachments({ limit: 2000 }) : undefined
