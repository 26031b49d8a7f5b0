import { queryDb, Schema } from '@livestore/livestore'
import { attachmentTables } from './state.ts'

const { attachments } = attachmentTables

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
