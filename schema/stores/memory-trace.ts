import { queryDb, Schema } from '@livestore/livestore'
import { MessagePart } from '#schema/conversations/parts.ts'
import { GivenMemory } from '#schema/tasks/events.ts'

const nullable = Schema.NullOr(Schema.String)

const Quoted = Schema.Struct({
  messageId: Schema.String,
  conversationId: Schema.String,
  title: nullable,
  role: Schema.String,
  parts: Schema.parseJson(Schema.Array(MessagePart)),
  sentAt: Schema.DateFromNumber,
  beforeRole: nullable,
  before: nullable,
  afterRole: nullable,
  after: nullable,
})
export type Quoted = typeof Quoted.Type

/** Messages with what was said right before and after each, oldest first. At most 20. */
export const quotedMessages$ = (messageIds: readonly string[]) => {
  const ids = JSON.stringify(messageIds)
  return queryDb(
    {
      query: `select m.messageId, m.conversationId, c.title, m.role, b.parts, m.sentAt,
                p.role as beforeRole, p.preview as before, n.role as afterRole, n.preview as after
              from messages m join messageBodies b on b.messageId = m.messageId
              left join conversations c on c.conversationId = m.conversationId
              left join messages p on p.messageId = m.parentMessageId and p.deletedAt is null
              left join messages n on n.messageId = (
                select x.messageId from messages x where x.conversationId = m.conversationId
                  and x.parentMessageId = m.messageId and x.deletedAt is null order by x.sentAt, x.messageId limit 1)
              where m.messageId in (select value from json_each(?)) and m.deletedAt is null
              order by m.sentAt, m.messageId limit 20`,
      schema: Schema.Array(Quoted),
      bindValues: [ids],
      queriedTables: new Set(['messages', 'messageBodies', 'conversations']),
    },
    { label: 'stores.quotedMessages', deps: [ids] },
  )
}

const GivenAnswer = Schema.Struct({
  messageId: Schema.String,
  conversationId: Schema.String,
  title: nullable,
  question: nullable,
  preview: Schema.String,
  sentAt: Schema.DateFromNumber,
  /** Its score and why, as the last hop was given it; null for answers of which that was never written down. */
  given: Schema.NullOr(Schema.parseJson(GivenMemory)),
})
export type GivenAnswer = typeof GivenAnswer.Type

/** Answers that were given a memory, and why, newest first. At most 50. */
export const answersGiven$ = (memoryId: string) =>
  queryDb(
    {
      query: `select m.messageId, m.conversationId, c.title, q.preview as question, m.preview, m.sentAt,
                (select g.value from tasks t join taskSteps s on s.taskId = t.taskId
                 join json_each(s.fact, '$.given') g
                 where t.messageId = m.messageId and g.value ->> 'memoryId' = r.memoryId
                 order by s.place desc limit 1) as given
              from messageRecalls r join messages m on m.messageId = r.messageId
              left join conversations c on c.conversationId = m.conversationId
              left join messages q on q.messageId = m.parentMessageId and q.deletedAt is null
              where r.memoryId = ? and m.deletedAt is null order by m.sentAt desc, m.messageId limit 50`,
      schema: Schema.Array(GivenAnswer),
      bindValues: [memoryId],
      queriedTables: new Set(['messageRecalls', 'messages', 'conversations', 'tasks', 'taskSteps']),
    },
    { label: 'stores.answersGiven', deps: [memoryId] },
  )
