import type { SqliteDb } from '@livestore/common'
import type { ImportedMemory } from '#schema/memories/events.ts'
import { previewOf, searchTextOf } from '#schema/shared/text.ts'

/**
 * The same tables and rows on plain SQLite wasm, by prepared statements in one transaction: no events, no log, no sync,
 * no live queries. It is what our numbers are held against, so it is written to be fast.
 */
export const makePlainStore = (db: SqliteDb) => {
  const prepared = new Map<string, ReturnType<SqliteDb['prepare']>>()
  const statement = (sql: string) => {
    const known = prepared.get(sql) ?? db.prepare(sql)
    prepared.set(sql, known)
    return known
  }
  type Binds = Parameters<ReturnType<SqliteDb['prepare']>['select']>[0]
  // LiveStore brands what may be bound; plain values in the order of the question marks are what SQLite takes.
  const bound = (values: readonly unknown[]) => values as unknown as Binds
  const run = (sql: string, ...values: readonly unknown[]) => statement(sql).execute(bound(values))
  const select = (sql: string, ...values: readonly unknown[]): readonly Row[] =>
    statement(sql).select<Row>(bound(values))
  const together = (work: () => void) => {
    db.execute('begin')
    work()
    db.execute('commit')
  }

  const addMemories = (personaId: string, memories: readonly ImportedMemory[], addedAt: number) =>
    together(() => {
      for (const { memoryId, content, kind, importance, occurredAt, tags } of memories) {
        run(
          'insert into memories (memoryId, personaId, preview, kind, importance, occurredAt, addedAt) values (?, ?, ?, ?, ?, ?, ?)',
          memoryId,
          personaId,
          previewOf(content),
          kind,
          importance,
          Number(occurredAt),
          addedAt,
        )
        run(
          "insert into memoryBodies (memoryId, content, searchText, sourceEventIds) values (?, ?, ?, '[]')",
          memoryId,
          content,
          searchTextOf(content),
        )
        for (const tag of tags) run('insert into memoryTags (memoryId, tag) values (?, ?)', memoryId, tag)
      }
    })

  return {
    run,
    select,
    addMemories,

    createTables: (ddl: readonly string[]) => {
      db.execute('pragma page_size = 8192')
      for (const sql of ddl) db.execute(sql)
    },

    memory: (memoryId: string) => ({
      memory: select('select * from memories where memoryId = ?', memoryId),
      body: select('select * from memoryBodies where memoryId = ?', memoryId),
      tags: select('select tag from memoryTags where memoryId = ? order by tag', memoryId),
    }),

    search: (text: string) =>
      select(
        `select memoryId, preview, kind, importance, occurredAt, addedAt from memories
         where forgottenAt is null and memoryId in (select memoryId from memoryBodies where instr(searchText, ?) > 0)
         order by addedAt desc, memoryId desc limit 50`,
        text,
      ),

    /** What the Memory Explorer shows first: the order of all, the rows in sight, the counts, the kinds and tags. */
    firstScreen: () => {
      const [first] = select(
        `select json_group_array(memoryId) as ids from
           (select memoryId from memories where forgottenAt is null order by addedAt desc, memoryId desc)`,
      )
      const inSight = (JSON.parse(String(first?.ids)) as readonly string[]).slice(0, 50) // ids are texts
      const rows = select(
        `select memoryId, preview, kind, importance, addedAt,
           (select json_group_array(tag) from memoryTags t where t.memoryId = m.memoryId) as tags
         from memories m where memoryId in (select value from json_each(?)) order by addedAt desc, memoryId desc`,
        JSON.stringify(inSight),
      )
      select('select count(*) from memories where forgottenAt is null')
      select('select kind, count(*) from memories where +forgottenAt is null group by kind')
      select('select tag, count(*) from memoryTags group by tag')
      return rows
    },

    /** A `conversations.json` of ChatGPT, read and written whole. */
    importChatGpt: (text: string) => {
      const conversations = JSON.parse(text) as readonly ExportedConversation[] // made by data.ts
      together(() => {
        for (const { conversation_id, title, create_time, mapping } of conversations) {
          run(
            "insert into conversations (conversationId, personaId, title, searchTitle, settings, tags, startedAt) values (?, 'p', ?, ?, '{}', '[]', ?)",
            conversation_id,
            title,
            title.toLowerCase(),
            create_time * 1000,
          )
          for (const { id, parent, message } of Object.values(mapping)) {
            const [said = ''] = message.content.parts
            run(
              "insert into messages (messageId, conversationId, personaId, parentMessageId, role, preview, sentAt, importId) values (?, ?, 'p', ?, ?, ?, ?, 'i')",
              id,
              conversation_id,
              parent,
              message.author.role,
              previewOf(said),
              message.create_time * 1000,
            )
            run(
              'insert into messageBodies (messageId, parts, searchText, sourceId) values (?, ?, ?, ?)',
              id,
              JSON.stringify([{ type: 'text', text: said }]),
              searchTextOf(said),
              id,
            )
          }
        }
      })
      return Number(select('select count(*) as count from messages')[0]?.count)
    },
  }
}

type Row = Readonly<Record<string, string | number | null>>

export type PlainStore = ReturnType<typeof makePlainStore>

interface ExportedConversation {
  readonly conversation_id: string
  readonly title: string
  readonly create_time: number
  readonly mapping: Readonly<
    Record<
      string,
      {
        readonly id: string
        readonly parent: string | null
        readonly message: {
          readonly author: { readonly role: string }
          readonly create_time: number
          readonly content: { readonly parts: readonly string[] }
        }
      }
    >
  >
}
