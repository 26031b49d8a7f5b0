import { queryDb, Schema } from '@livestore/livestore'
import { attachmentTables } from './state.ts'

const { attachments, attachmentLinks } = attachmentTables

export const attachmentById$ = (attachmentId: string) =>
  queryDb(attachments.where({ attachmentId }).first({ behaviour: 'fallback', fallback: () => null }), {
    label: 'attachments.byId',
    deps: [attachmentId],
  })

/** What the server lacks, the oldest first. */
export const attachmentsToUpload$ = queryDb(
  attachments.where({ uploadedAt: null, deletedAt: null, discardedAt: null }).orderBy('addedAt', 'asc').limit(100),
  { label: 'attachments.toUpload' },
)

/** The key by which the same bytes of the same conversation, or of the persona, are with the server already. */
export const uploadedKey$ = (sha256: string, conversationId: string | null) =>
  queryDb(
    attachments
      .where({ sha256, conversationId, discardedAt: null, uploadedAt: { op: '!=', value: null } })
      .orderBy('uploadedAt', 'desc')
      .limit(1),
    { label: 'attachments.uploadedKey', deps: [sha256, conversationId], map: (rows) => rows[0]?.keyId ?? null },
  )

/** Discarded files that the server may still hold, and that no other file shares its chunks with. */
export const blobsToRemove$ = queryDb(
  {
    query: `select * from attachments a where discardedAt is not null and keyId is not null and blobsRemovedAt is null
              and not exists (select 1 from attachments b
                where b.sha256 = a.sha256 and b.keyId = a.keyId and b.discardedAt is null)
            order by addedAt limit 100`,
    schema: Schema.Array(attachments.rowSchema),
    queriedTables: new Set(['attachments']),
  },
  { label: 'attachments.blobsToRemove' },
)

/** The content that a device has a reason to keep. */
export const keptContent$ = queryDb(
  {
    query: 'select distinct sha256 from attachments where discardedAt is null',
    schema: Schema.Array(Schema.Struct({ sha256: Schema.String })),
    queriedTables: new Set(['attachments']),
  },
  { label: 'attachments.keptContent', map: (rows) => new Set(rows.map(({ sha256 }) => sha256)) },
)

export const hasAttachments$ = queryDb(
  {
    query: 'select exists (select 1 from attachments) as has',
    schema: Schema.Array(Schema.Struct({ has: Schema.Number })),
    queriedTables: new Set(['attachments']),
  },
  { label: 'attachments.has', map: (rows) => rows[0]?.has === 1 },
)

/** The files of a conversation that can be looked at, in the order they were added; at most 500. */
export const attachmentsOf$ = (conversationId: string) =>
  queryDb(
    {
      // Those of one message have one time: then the log's order counts.
      query: `select * from attachments where conversationId = ? and deletedAt is null and discardedAt is null
              order by addedAt, rowid limit 500`,
      schema: Schema.Array(attachments.rowSchema),
      bindValues: [conversationId],
      queriedTables: new Set(['attachments']),
    },
    { label: 'attachments.of', deps: [conversationId] },
  )

/** The files that go along with a conversation to another persona, in the order they were added. */
export const attachmentsToTransfer$ = (conversationId: string) =>
  queryDb(attachments.where({ conversationId, deletedAt: null, discardedAt: null }).orderBy('addedAt', 'asc'), {
    label: 'attachments.toTransfer',
    deps: [conversationId],
  })

/** The public links to a file, the newest first; ended ones too. */
export const linksOfAttachment$ = (attachmentId: string) =>
  queryDb(attachmentLinks.where({ attachmentId }).orderBy('madeAt', 'desc').limit(100), {
    label: 'attachments.linksOf',
    deps: [attachmentId],
  })

const LinkedFile = Schema.Struct({
  linkId: Schema.String,
  attachmentId: Schema.String,
  personaId: Schema.String,
  conversationId: Schema.NullOr(Schema.String),
  token: Schema.String,
  linkKey: Schema.String,
  endedAt: Schema.NullOr(Schema.DateFromNumber),
  name: Schema.String,
  bytes: Schema.Number,
})
export type LinkedFile = typeof LinkedFile.Type

/** The public links to files, with what the files are; the newest first, at most 500. */
export const linkedFiles$ = queryDb(
  {
    query: `select l.linkId, l.attachmentId, l.personaId, l.conversationId, l.token, l.linkKey, l.endedAt, a.name, a.bytes
            from attachmentLinks l join attachments a on a.attachmentId = l.attachmentId order by l.madeAt desc, l.linkId limit 500`,
    schema: Schema.Array(LinkedFile),
    queriedTables: new Set(['attachmentLinks', 'attachments']),
  },
  { label: 'attachments.linkedFiles' },
)

/** Links whose file was removed for good. */
export const linksToEnd$ = queryDb(
  {
    query: `select l.* from attachmentLinks l join attachments a on a.attachmentId = l.attachmentId
            where l.endedAt is null and a.discardedAt is not null limit 100`,
    schema: Schema.Array(attachmentLinks.rowSchema),
    queriedTables: new Set(['attachmentLinks', 'attachments']),
  },
  { label: 'attachments.linksToEnd' },
)
