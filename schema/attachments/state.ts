import { State } from '@livestore/livestore'
import { deleteRows, key, number, rowsAsJson, time, timeOrNull, write } from '#schema/shared/tables.ts'
import { searchTextOf } from '#schema/shared/text.ts'
import { inserter } from '#schema/shared/writer.ts'
import { attachmentEvents } from './events.ts'

const text = () => State.SQLite.text({ nullable: true })
const numberOrNull = () => State.SQLite.real({ nullable: true })

/** What each file is. Where its bytes are on a device is that device's matter (`web/livestore/local-files.ts`). */
const attachments = State.SQLite.table({
  name: 'attachments',
  columns: {
    attachmentId: key(),
    personaId: State.SQLite.text(),
    conversationId: text(),
    name: State.SQLite.text(),
    searchName: State.SQLite.text(),
    mediaType: State.SQLite.text(),
    bytes: number(),
    sha256: State.SQLite.text(),
    chunkBytes: number(),
    width: numberOrNull(),
    height: numberOrNull(),
    durationMs: numberOrNull(),
    pages: numberOrNull(),
    encoding: text(),
    deviceId: State.SQLite.text(),
    addedAt: time(),
    keyId: text(),
    uploadedAt: timeOrNull(),
    deletedAt: timeOrNull(),
    discardedAt: timeOrNull(),
    blobsRemovedAt: timeOrNull(),
  },
  indexes: [
    { name: 'attachments_by_added', columns: ['addedAt', 'attachmentId'] },
    { name: 'attachments_by_conversation', columns: ['conversationId'] },
    { name: 'attachments_by_content', columns: ['sha256'] },
  ],
})

export type Attachment = typeof attachments.Type

/** The public links made to files. How often they were used, and whether they still open, the server knows. */
const attachmentLinks = State.SQLite.table({
  name: 'attachmentLinks',
  columns: {
    linkId: key(),
    attachmentId: State.SQLite.text(),
    personaId: State.SQLite.text(),
    conversationId: text(),
    token: State.SQLite.text(),
    linkKey: State.SQLite.text(),
    madeAt: time(),
    endedAt: timeOrNull(),
  },
  indexes: [{ name: 'attachmentLinks_by_attachment', columns: ['attachmentId'] }],
})

export type AttachmentLink = typeof attachmentLinks.Type

export const attachmentTables = { attachments, attachmentLinks }

const isNotErased = "coalesce($conversationId, '') not in (select id from erasedIds)"

const insertFile = inserter(
  'attachments',
  `attachmentId, personaId, conversationId, name, searchName, mediaType, bytes, sha256,
   chunkBytes, width, height, durationMs, pages, encoding, deviceId, addedAt`,
  isNotErased,
)

const insertLink = inserter(
  'attachmentLinks',
  'linkId, attachmentId, personaId, conversationId, token, linkKey, madeAt',
  isNotErased,
)

/** Total and idempotent. A file of an erased conversation does not come back, and what was discarded stays so. */
export const attachmentMaterializers = State.SQLite.materializers(attachmentEvents, {
  'v1.AttachmentAdded': ({ actorId: _actor, ...file }) => insertAttachment(file),
  'v1.AttachmentReceived': ({ actorId: _actor, receivedAt: _received, ...file }) => insertAttachment(file),
  'v1.AttachmentUploaded': ({ attachmentId, keyId, uploadedAt }) =>
    attachments.update({ keyId, uploadedAt }).where({ attachmentId, uploadedAt: null }),
  'v1.AttachmentLinkMade': ({ conversationId = null, actorId: _actor, deviceId: _device, madeAt, ...made }) =>
    insertLink({ ...made, conversationId, madeAt: madeAt.getTime() }),
  'v1.AttachmentLinkEnded': ({ linkId, endedAt }) =>
    attachmentLinks.update({ endedAt }).where({ linkId, endedAt: null }),
  'v1.AttachmentsDeleted': ({ attachmentIds, deletedAt }) => setTime('deletedAt', deletedAt, attachmentIds),
  'v1.AttachmentsRestored': ({ attachmentIds }) => setTime('deletedAt', null, attachmentIds),
  'v1.AttachmentsDiscarded': ({ attachmentIds, discardedAt }) => setTime('discardedAt', discardedAt, attachmentIds),
  'v1.AttachmentBlobsRemoved': ({ attachmentIds, removedAt }) => setTime('blobsRemovedAt', removedAt, attachmentIds),
})

type Added = Omit<(typeof attachmentEvents.attachmentAdded)['schema']['Type'], 'actorId'>

const insertAttachment = ({ conversationId, addedAt, ...file }: Added) =>
  insertFile({
    ...file,
    conversationId: conversationId ?? null,
    searchName: searchTextOf(file.name),
    width: file.width ?? null,
    height: file.height ?? null,
    durationMs: file.durationMs ?? null,
    pages: file.pages ?? null,
    encoding: file.encoding ?? null,
    addedAt: addedAt.getTime(),
  })

const setTime = (
  column: 'deletedAt' | 'discardedAt' | 'blobsRemovedAt',
  at: Date | null,
  attachmentIds: readonly string[],
) =>
  write(
    `update attachments set ${column} = $at where attachmentId in (select value from json_each($ids))`,
    { at: at?.getTime() ?? null, ids: rowsAsJson(attachmentIds) },
    'attachments',
  )

/** For what happens to whole conversations. */
export const removeAttachmentsOf = (conversationIds: readonly string[]) =>
  ['attachments', 'attachmentLinks'].map((table) => deleteRows(table, 'conversationId', conversationIds))
