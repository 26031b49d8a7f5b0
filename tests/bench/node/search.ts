import { idFromBytes } from '#schema/shared/ids.ts'
import { randomFrom } from '#schema/shared/random.ts'
import { countHits, search } from '#schema/stores/search-find.ts'
import { openSearchIndex, type SearchDocument, writeShard } from '#schema/stores/search-index.ts'
import { readQuery } from '#schema/stores/search-query.ts'
import { atLeast, atMost, measured } from '#tests/bench/figure.ts'
import { inTurn, timed } from '#tests/bench/in-turn.ts'
import { openSearchDatabase } from '#tests/support/search-database.ts'

const shards = 100
const rows = 1000
const now = new Date('2026-03-01T00:00:00Z')

/** Search over 100 000 documents in 100 shards, beside bare FTS5 over the same texts. */
export const searchBench = async () => {
  const random = randomFrom(1)
  const texts = Array.from({ length: shards }, () => Array.from({ length: rows }, () => fiftyWords(random)))
  const documents = texts.map((put) => messagesOf(put, random))
  const [ours, plain] = [openSearchDatabase(), openSearchDatabase()]
  openSearchIndex(ours)
  plain.run('create virtual table plain using fts5(text)')
  const perSecond = (ms: number) => (1000 * rows) / ms
  const writing = { ours: [] as number[], theirs: [] as number[] }
  for (const [shard, put] of texts.entries()) {
    const of = {
      storeId: `persona_${shard}`,
      personaId: `${shard}`,
      personaName: `Persona ${shard}`,
      isArchived: false,
    }
    writing.ours.push(
      perSecond(await timed(() => writeShard(ours, { ...of, put: documents[shard] ?? [], removed: [], cursor: rows }))),
    )
    writing.theirs.push(
      perSecond(
        await timed(() => {
          plain.run('begin')
          for (const text of put) plain.run('insert into plain values (?)', [text])
          plain.run('commit')
        }),
      ),
    )
  }
  const bytes = Buffer.byteLength(texts.flat().join(''))
  const words = [
    ...new Set(
      texts
        .slice(0, 3)
        .flat()
        .join(' ')
        .match(/\p{L}{3,}/gu) ?? [],
    ),
  ]
  const word = (n: number) => words[(n * 37) % words.length] ?? ''
  const query = (n: number) => readQuery(`${word(n)} ${word(n + 1).slice(0, 3)}`, { now, isTyping: true })
  const one = (n: number) => readQuery(word(n), { now, isTyping: true })
  const bare = (text: string) => plain.all('select rowid from plain where plain match ? order by rank limit 50', [text])
  const first = await inTurn(
    100,
    (n) => timed(() => search(ours, n % 2 === 0 ? query(n) : one(n))),
    (n) => timed(() => bare(n % 2 === 0 ? `"${word(n)}" AND "${word(n + 1).slice(0, 3)}" *` : `"${word(n)}" *`)),
  )
  const whole = await inTurn(
    40,
    (n) => timed(() => [search(ours, one(n)), countHits(ours, one(n))]),
    (n) => timed(() => plain.all('select count(*) from plain where plain match ?', [`"${word(n)}" *`])),
  )
  const size = { ours: [ours.bytes().length / bytes], theirs: [plain.bytes().length / bytes] }
  for (const each of [ours, plain]) each.close()
  const baseline = 'bare FTS5 over the same texts'
  return [
    measured({
      name: 'search: documents indexed a second',
      unit: 'documents/s',
      ...writing,
      baseline,
      budget: atLeast(5000),
    }),
    measured({ name: 'search: bytes for a byte of text', unit: 'bytes', ...size, baseline, budget: atMost(1.5) }),
    measured({
      name: 'search: first results, 95 of 100',
      unit: 'ms',
      ...first,
      quantile: 0.95,
      baseline,
      budget: atMost(50),
    }),
    measured({
      name: 'search: with all counts, 95 of 100',
      unit: 'ms',
      ...whole,
      quantile: 0.95,
      baseline: 'bare FTS5, counted',
      budget: atMost(200),
    }),
  ]
}

/** Words as often as in talk: the second half as often as the first, and so on, out of 20 000. */
export const fiftyWords = (random: () => number): string =>
  Array.from({ length: 50 }, () => wordAt(Math.floor(20_000 ** random()))).join(' ')

/** Three to eight letters. */
const wordAt = (n: number): string => {
  let [left, word] = [n * 7919 + 104_729, '']
  while (left > 0) {
    word += `${'bdfgklmnprst'[left % 12]}${'aeiou'[left % 5]}`
    left = Math.floor(left / 60)
  }
  return word
}

/** Twenty in a conversation, with ids and marks as the app has them, in the order in which a pass brings them. */
const messagesOf = (texts: readonly string[], random: () => number): readonly SearchDocument[] => {
  const idBy = () => idFromBytes(Uint8Array.from({ length: 16 }, () => Math.floor(random() * 256)))
  const ids = texts.map(idBy).toSorted()
  const conversations = Array.from({ length: Math.ceil(texts.length / 20) }, idBy)
  return texts.map((text, n) => ({
    id: ids[n] ?? '',
    text,
    type: 'message',
    kind: '',
    at: new Date(now.getTime() - Math.floor(random() * 3e10)),
    conversationId: conversations[Math.floor(random() * conversations.length)] ?? '',
    role: random() < 0.5 ? 'user' : 'assistant',
    has: [],
    isArchived: false,
    mark: Math.floor(random() * 2 ** 47),
  }))
}
