import { queryDb, Schema } from '@livestore/livestore'
import { type FileKind, fileKinds, typesOf } from '#schema/attachments/kinds.ts'
import { attachmentTables } from '#schema/attachments/state.ts'
import { searchTextOf } from '#schema/shared/text.ts'

export const attachmentOrders = {
  newest: 'a.addedAt desc, a.rowid desc',
  oldest: 'a.addedAt, a.rowid',
  largest: 'a.bytes desc',
  name: 'a.searchName',
} as const
export type AttachmentOrder = keyof typeof attachmentOrders

export interface AttachmentFilter {
  readonly show: 'kept' | 'deleted'
  readonly kind?: FileKind
  /** Part of a name. */
  readonly text?: string
}

/** The first `limit` files. Those of a conversation in the trash are there with it, not here. */
export const attachmentList$ = (filter: AttachmentFilter, order: AttachmentOrder, limit: number) => {
  const wanted = searchTextOf(filter.text?.trim() ?? '')
  const types = JSON.stringify(filter.kind === undefined ? fileKinds.flatMap(typesOf) : typesOf(filter.kind))
  return queryDb(
    {
      query: `select a.* from attachments a left join conversations c on c.conversationId = a.conversationId
              where a.discardedAt is null and c.deletedAt is null and ${filter.show === 'kept' ? 'a.deletedAt is null' : 'a.deletedAt is not null'}
                and a.mediaType in (select value from json_each(?)) and instr(a.searchName, ?) > 0
              order by ${attachmentOrders[order]}, a.attachmentId limit ${limit}`,
      schema: Schema.Array(attachmentTables.attachments.rowSchema),
      bindValues: [types, wanted],
      queriedTables: new Set(['attachments', 'conversations']),
    },
    { label: 'stores.attachmentList', deps: [filter.show, types, wanted, order, limit] },
  )
}

const Totals = Schema.Struct({ kept: Schema.Number, deleted: Schema.Number, bytes: Schema.Number })

export const attachmentTotals$ = queryDb(
  {
    query: `select total(a.deletedAt is null) as kept, total(a.deletedAt is not null) as deleted, total(a.bytes) as bytes
            from attachments a left join conversations c on c.conversationId = a.conversationId
            where a.discardedAt is null and c.deletedAt is null`,
    schema: Schema.Array(Totals),
    queriedTables: new Set(['attachments', 'conversations']),
  },
  { label: 'stores.attachmentTotals', map: (rows) => rows[0] ?? { kept: 0, deleted: 0, bytes: 0 } },
)

/** The message that a file was sent with; null for what was never said. */
export const messageWith$ = (conversationId: string, attachmentId: string) =>
  queryDb(
    {
      query: `select m.messageId from messages m join messageBodies b on b.messageId = m.messageId
              where m.conversationId = ?1 and m.deletedAt is null and instr(b.parts, ?2) > 0 order by m.sentAt limit 1`,
      schema: Schema.Array(Schema.Struct({ messageId: Schema.String })),
      bindValues: [conversationId, `"attachmentId":"${attachmentId}"`],
      queriedTables: new Set(['messages', 'messageBodies']),
    },
    {
      label: 'stores.messageWith',
      deps: [conversationId, attachmentId],
      map: (rows) => rows[0]?.messageId ?? null,
    },
  )
