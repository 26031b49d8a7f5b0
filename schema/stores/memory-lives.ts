import { queryDb, Schema } from '@livestore/livestore'
import { type SimilarPair, similarPairs } from '#schema/memories/similar.ts'
import type { MemoryLife, Tier } from '#schema/memories/tiers.ts'

/**
 * What the rule of tiers asks of a persona’s memories, in three texts: JSON that SQLite makes and a worker parses, so that
 * the thread that asks only passes it on. Only answers count as access; what a person merely looked at is in no log.
 */
export interface LivesText {
  readonly memories: string
  readonly reinforcements: string
  readonly recalls: string
}

const livesSql = (one: boolean) => {
  const of = (column: string) => (one ? ` and ${column} = ?1` : '')
  return {
    memories: `select json_group_array(json_array(m.memoryId, m.importance, coalesce(m.revisedAt, m.addedAt),
        p.memoryId is not null, coalesce(t.tier, 'hot'))) as text
      from memories m left join memoryTiers t on t.memoryId = m.memoryId left join memoryPins p on p.memoryId = m.memoryId
      where ${one ? 'm.memoryId = ?1' : 'm.forgottenAt is null'}`,
    reinforcements: `select json_group_array(json_array(memoryId, reinforcedAt)) as text from memoryReinforcements
      where true${of('memoryId')}`,
    recalls: `select json_group_array(json_array(r.memoryId, m.sentAt)) as text
      from messageRecalls r join messages m on m.messageId = r.messageId where m.deletedAt is null${of('r.memoryId')}`,
  }
}

const ofAll = livesSql(false)

export const livesTextOf = (read: ReadText): LivesText => ({
  memories: textBy(read, ofAll.memories),
  reinforcements: textBy(read, ofAll.reinforcements),
  recalls: textBy(read, ofAll.recalls),
})

/** Asks a store: `(query) => store.query(query)`. */
type ReadText = (query: ReturnType<typeof textQuery>) => readonly { readonly text: string }[]

const textQuery = (query: string) => ({
  query,
  bindValues: [],
  schema: Schema.Array(Schema.Struct({ text: Schema.String })),
})

/** Every statement here gives one row with one text. */
const textBy = (read: ReadText, sql: string): string => read(textQuery(sql))[0]?.text ?? '[]'

/** Their words and the pairs that are kept apart, as one text each, for `similarOf`. */
export interface WordsText {
  readonly words: string
  readonly apart: string
}

export const wordsTextOf = (read: ReadText): WordsText => ({
  words: textBy(
    read,
    `select json_group_array(json_array(b.memoryId, substr(b.content, 1, 2000))) as text
    from memoryBodies b join memories m on m.memoryId = b.memoryId where m.forgottenAt is null`,
  ),
  apart: textBy(read, 'select json_group_array(json_array(oneId, otherId)) as text from memoriesApart'),
})

/** Without those that are kept apart. */
export const similarOf = ({ words, apart }: WordsText): readonly SimilarPair[] => {
  // As the statements above make them.
  const kept = new Set((JSON.parse(apart) as readonly (readonly [string, string])[]).map((pair) => pair.join(' ')))
  const memories = (JSON.parse(words) as readonly (readonly [string, string])[]).map(([memoryId, content]) => ({
    memoryId,
    content,
  }))
  return similarPairs(memories).filter(({ oneId, otherId }) => !kept.has([oneId, otherId].toSorted().join(' ')))
}

/** The life of one memory, kept current; undefined if it is not here. */
export const memoryLife$ = (memoryId: string) => {
  const sql = livesSql(true)
  return queryDb(
    {
      query: `select (${sql.memories}) as memories, (${sql.reinforcements}) as reinforcements, (${sql.recalls}) as recalls`,
      schema: Schema.Array(
        Schema.Struct({ memories: Schema.String, reinforcements: Schema.String, recalls: Schema.String }),
      ),
      bindValues: [memoryId],
      queriedTables: new Set([
        'memories',
        'memoryTiers',
        'memoryPins',
        'memoryReinforcements',
        'messageRecalls',
        'messages',
      ]),
    },
    {
      label: 'memories.life',
      deps: [memoryId],
      map: ([text]) => (text === undefined ? undefined : livesOf(text)[0]),
    },
  )
}

export const livesOf = ({ memories, reinforcements, recalls }: LivesText): readonly MemoryLife[] => {
  const reinforcedAt = timesByMemory(reinforcements)
  const recalledAt = timesByMemory(recalls)
  // As the statements above make them.
  return (JSON.parse(memories) as readonly LifeRow[]).map(([memoryId, importance, writtenAt, isPinned, tier]) => ({
    memoryId,
    importance,
    writtenAt,
    reinforcedAt: reinforcedAt.get(memoryId) ?? [],
    recalledAt: recalledAt.get(memoryId) ?? [],
    isPinned: isPinned === 1,
    tier,
  }))
}

type LifeRow = readonly [memoryId: string, importance: number, writtenAt: number, isPinned: number, tier: Tier]

const timesByMemory = (text: string): ReadonlyMap<string, readonly number[]> => {
  const times = new Map<string, number[]>()
  for (const [memoryId, at] of JSON.parse(text) as readonly (readonly [string, number])[]) {
    // as above
    const known = times.get(memoryId)
    if (known === undefined) times.set(memoryId, [at])
    else known.push(at)
  }
  return times
}
