import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { randomFrom } from '#schema/shared/random.ts'
import { countHits, search } from '#schema/stores/search-find.ts'
import {
  type DocumentName,
  isSearchIndexSound,
  openSearchIndex,
  removeShard,
  removeSubjects,
  type SearchDatabase,
  type SearchDocument,
  searchCursors,
  writeShard,
} from '#schema/stores/search-index.ts'
import { packText } from '#schema/stores/search-packing.ts'
import { readQuery } from '#schema/stores/search-query.ts'
import { snippetOf } from '#schema/stores/search-snippet.ts'
import { fiftyWords } from '#tests/bench/node/search.ts'
import { openSearchDatabase } from '#tests/support/search-database.ts'

const now = new Date('2026-03-15T10:00:00Z')
let db: ReturnType<typeof openSearchDatabase>
beforeEach(() => {
  db = openSearchDatabase()
  openSearchIndex(db)
})
afterEach(() => db.close())

const document = (id: string, text: string, more: Partial<SearchDocument> = {}): SearchDocument => ({
  id,
  text,
  type: 'message',
  kind: '',
  at: now,
  conversationId: 'c1',
  role: 'user',
  has: [],
  isArchived: false,
  mark: text.length,
  ...more,
})

const named = (id: string): DocumentName => ({ type: 'message', id })

interface WriteOptions {
  readonly to?: SearchDatabase
  readonly storeId?: string
  readonly removed?: readonly DocumentName[]
  readonly cursor?: number
}

const write = (
  put: readonly SearchDocument[],
  { to = db, storeId = 'persona_a', removed = [], cursor = 1 }: WriteOptions = {},
) =>
  writeShard(to, {
    storeId,
    personaId: storeId.slice(8),
    personaName: storeId === 'persona_a' ? 'Zoë Lund' : 'Boris',
    isArchived: storeId === 'persona_c',
    put,
    removed,
    cursor,
  })

const found = (text: string, from: SearchDatabase = db) =>
  search(from, readQuery(text, { now })).flatMap(({ hits }) => hits.map(({ id }) => id))

test('[SI1] words, phrases and beginnings find, exclusions leave out, and the best comes first', () => {
  write([
    document('long', `Green tea ${'and other things '.repeat(30)}`),
    document('short', 'Green tea'),
    document('apart', 'Tea, rarely green'),
    document('other', 'Coffee'),
  ])
  expect(found('green tea')).toEqual(['short', 'apart', 'long'])
  expect(found('"green tea"')).toEqual(['short', 'long'])
  expect(found('gre* -rarely')).toEqual(['short', 'long'])
  expect(found('-tea')).toEqual(['other'])
  expect(found('zeppelin')).toEqual([])
})

test('[SP10] with words too the newest come first when they are asked for', () => {
  const days = ['2024-01-01', '2026-01-01', '2025-01-01']
  write(days.map((day) => document(day, `tea ${'and more '.repeat(9)}`, { at: new Date(`${day}T00:00:00Z`) })))
  write([document('best', 'tea', { at: new Date('2023-01-01T00:00:00Z') })], { storeId: 'persona_b' })
  const newest = (typed: string) =>
    search(db, readQuery(typed, { now }), 3, 'newest').flatMap(({ hits }) => hits.map(({ id }) => id))
  expect(found('tea')[0]).toBe('best')
  expect(newest('tea')).toEqual(['2026-01-01', '2025-01-01', '2024-01-01'])
  expect(newest('tea kind:message')).toEqual(newest('tea'))
  expect(newest('before:2026')).toEqual(['2025-01-01', '2024-01-01', 'best'])
})

test('[SI1] accents, scripts without spaces and pictographs are found', () => {
  write([
    document('a', 'Un CAFÉ à Łódź'),
    document('b', '她喜欢在早上喝绿茶。'),
    document('c', 'Time for 🫖!'),
    document('d', '早绿'),
  ])
  expect(found('cafe lodz')).toEqual(['a'])
  expect(found('绿茶')).toEqual(['b'])
  expect(found('🫖')).toEqual(['c'])
})

test('[SI2] filters narrow, alone or with words', () => {
  write([
    document('c1', 'Harbour walks', { type: 'conversation', role: '' }),
    document('c2', 'Old walks', { type: 'conversation', role: '', conversationId: 'c2', isArchived: true }),
    document('a', 'tea', { has: ['link', 'image'] }),
    document('b', 'tea', { role: 'assistant', at: new Date('2024-05-01T00:00:00Z') }),
    document('c', 'tea', { type: 'memory', kind: 'fact', role: '', conversationId: '' }),
    document('e', 'milk', { conversationId: 'c2' }),
  ])
  write([document('d', 'tea', { conversationId: 'c3' })], { storeId: 'persona_b' })
  write([document('f', 'milk', { type: 'memory', conversationId: '' })], { storeId: 'persona_c' })
  expect(found('tea from:me')).toEqual(['a', 'd'])
  expect(found('from:"zoe lund"')).toEqual(['b'])
  expect(found('has:link')).toEqual(['a'])
  expect(found('kind:fact').concat(found('tea kind:memory'))).toEqual(['c', 'c'])
  expect(found('tea before:2025')).toEqual(['b'])
  expect(found('after:2025 -is:archived').toSorted()).toEqual(['a', 'c', 'c1', 'd'])
  expect(found('milk is:archived').toSorted()).toEqual(['e', 'f'])
  expect(found('persona:zoe role:assistant')).toEqual(['b'])
  expect(found('tea in:"harbour walks" -from:zoe')).toEqual(['a'])
  expect(search(db, readQuery('has:link', { now }))[0]?.hits[0]?.title).toBe('Harbour walks')
})

test('[SI3] hits come by persona, the one with the best hit first, and all of them are counted', () => {
  write([document('a1', 'tea and much else that was said'), document('a2', 'tea and so on and on')])
  write([document('b1', 'tea')], { storeId: 'persona_b' })
  const query = readQuery('tea', { now })
  expect(search(db, query).map(({ personaName, hits }) => [personaName, hits.length])).toEqual([
    ['Boris', 1],
    ['Zoë Lund', 2],
  ])
  expect(search(db, query, 1)).toHaveLength(1)
  expect(countHits(db, query)).toEqual(
    new Map([
      ['persona_a', 2],
      ['persona_b', 1],
    ]),
  )
})

test('[SI4] a snippet is the part that holds most of it, with marks', () => {
  const text = `${'It rained. '.repeat(40)}Then the harbour’s green\ntea came, Café TEAS too. ${'And so on. '.repeat(40)}`
  const parts = snippetOf(text, readQuery('"green tea" cafe tea*', { now }).wanted)
  expect(parts.filter(({ isMatch }) => isMatch).map((part) => part.text)).toEqual(['green tea', 'Café', 'TEAS'])
  const whole = parts.map((part) => part.text).join('')
  expect(whole).toMatch(/^….*…$/)
  expect(whole.length).toBeLessThanOrEqual(162)
  expect(snippetOf('🫖'.repeat(200), [])[0]?.text).toBe('🫖'.repeat(80))
})

test('[SI5] what is removed is found no more, and no byte of it stays', () => {
  const secret = 'quagga quetzalcoatl'
  write([
    ...Array.from({ length: 500 }, (_, n) => document(`m${n}`, `tea number ${n} of many`)),
    document('s', `${secret} Okapi`),
  ])
  write([document('t', 'xylophone')], { storeId: 'persona_b' })
  const has = (text: string) => Buffer.from(db.bytes()).includes(text)
  expect([has('quagga'), has('quetzalcoatl'), has('Okapi'), has('xylophone')]).toEqual([true, true, true, true])
  write([], { removed: [named('s'), named('never')] })
  removeShard(db, 'persona_b')
  expect(found('quagga')).toEqual([])
  expect([has('quagga'), has('quetzalcoatl'), has('Okapi'), has('okapi'), has('xylophone')]).toEqual(
    Array(5).fill(false),
  )
  expect([...searchCursors(db)]).toEqual([['persona_a', 1]])
})

test('[SI5] a text that was replaced is gone too', () => {
  write([document('a', 'quagga')])
  write([document('a', 'tea')], { cursor: 2 })
  expect(found('quagga')).toEqual([])
  expect(Buffer.from(db.bytes()).includes('quagga')).toBe(false)
})

test('[SI5] a text that was packed is gone too', () => {
  const secret = 'The quagga that we saw at the harbour was the last one, and nobody else has ever seen it.'
  const packed = packText(secret)
  if (typeof packed === 'string') throw new Error('It is too short to be packed.')
  const has = () => Buffer.from(db.bytes()).includes(Buffer.from(packed))
  write([document('a', secret), document('b', `${secret} So he said.`)])
  expect([has(), found('quagga').length]).toEqual([true, 2])
  write([document('a', 'tea')], { removed: [named('b')], cursor: 2 })
  expect([has(), found('quagga')]).toEqual([false, []])
})

test('[SI14] the id of a conversation stands once, and with a conversation goes what was said in it', () => {
  const harbour = { conversationId: 'conversationatharbour' }
  write([document('a', 'tea', harbour), document('b', 'tea', harbour), document('c', 'tea')])
  write([document('d', 'tea', harbour)], { storeId: 'persona_b' })
  const count = () => Buffer.from(db.bytes()).toString('latin1').split(harbour.conversationId).length - 1
  expect(count()).toBe(4) // in the table and in its index, for each shard
  removeSubjects(db, 'persona_a', [harbour.conversationId])
  expect([found('tea').toSorted(), count()]).toEqual([['c', 'd'], 2])
  expect(search(db, readQuery('tea persona:boris', { now }))[0]?.hits[0]?.conversationId).toBe(harbour.conversationId)
})

test('[SI12] shards that grow in turns are counted apart, and what is written over keeps its number', () => {
  const numbers = () => db.all('select doc from documents order by doc').map(({ doc }) => Number(doc))
  const many = (from: number) => Array.from({ length: 200 }, (_, n) => document(`m${from + n}`, 'tea'))
  for (const from of [0, 200, 400]) {
    write(many(from))
    write(many(from).slice(50), { storeId: 'persona_b' })
  }
  const before = numbers()
  expect(Math.max(...before)).toBeLessThan(2000)
  write(many(100))
  expect(numbers()).toEqual(before)
  removeShard(db, 'persona_b')
  write(many(0), { storeId: 'persona_c' })
  expect(countHits(db, readQuery('tea', { now }))).toEqual(
    new Map([
      ['persona_a', 600],
      ['persona_c', 200],
    ]),
  )
})

test('[SI11] for each byte of texts of fifty words the index takes at most one and a half, ids and all', () => {
  const random = randomFrom(1)
  let bytes = 0
  for (let shard = 0; shard < 5; shard++) {
    const texts = Array.from({ length: 1000 }, () => fiftyWords(random))
    bytes += Buffer.byteLength(texts.join(''))
    write(
      texts.map((text, n) =>
        document(`${shard}${n}`.padStart(26, 'x'), text, { conversationId: 'y'.repeat(26), mark: 2 ** 46 + n }),
      ),
      { storeId: `persona_${shard}` },
    )
  }
  // The pages that merging leaves free are taken by the next words; in so small an index they would count for much.
  const [used] = db.all(
    `select (page_count - freelist_count) * page_size as bytes
     from pragma_page_count, pragma_freelist_count, pragma_page_size`,
  )
  expect(Number(used?.bytes) / bytes).toBeLessThan(1.5)
})

test('[SI6] what fails while it is written leaves index and cursor as they were', () => {
  write([document('a', 'tea')])
  const failing: SearchDatabase = {
    all: db.all,
    run: (sql, binds) => {
      if (sql.startsWith('insert into words') && JSON.stringify(binds).includes('doom')) throw new Error('disk full')
      db.run(sql, binds)
    },
  }
  expect(() => write([document('b', 'milk'), document('c', 'doom')], { to: failing, cursor: 9 })).toThrow('disk full')
  expect(found('milk')).toEqual([])
  expect(searchCursors(db)).toEqual(new Map([['persona_a', 1]]))
  expect(isSearchIndexSound(db)).toBe(true)
})

const step = fc.record({
  storeId: fc.constantFrom('persona_a', 'persona_b'),
  id: fc.constantFrom('m1', 'm2', 'm3', 'm4'),
  text: fc.option(
    fc
      .array(fc.constantFrom('tea', 'Milk', 'café', '绿茶', '🫖', 'don’t'), { maxLength: 6 })
      .map((words) => words.join(' ')),
  ),
  fails: fc.boolean(),
  drops: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
})

test('[SI7] after any writes, failures and erasures the index is what a new one would be', () => {
  const words = 'select term, doc, col, offset from terms order by 1, 2, 3, 4'
  const rows = (of: SearchDatabase) => {
    of.run("create virtual table if not exists temp.terms using fts5vocab('main', 'words', 'instance')")
    const places = of.all('select doc, storeId, id from documents join shards using (shard)')
    const names = new Map(places.map(({ doc, storeId, id }) => [doc, `${String(storeId)} ${String(id)}`]))
    return of
      .all(words)
      .map(({ term, doc, offset }) => [names.get(doc), term, offset].map(String).join(' '))
      .toSorted()
  }
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const [grown, fresh] = [openSearchDatabase(), openSearchDatabase()]
      for (const each of [grown, fresh]) openSearchIndex(each)
      const kept = new Map<string, Map<string, string>>()
      for (const { storeId, id, text, fails, drops } of steps) {
        const change = { to: grown, storeId, removed: text === null ? [named(id)] : [] }
        if (fails) {
          const failing: SearchDatabase = {
            all: grown.all,
            run: (sql, binds) => (sql === 'commit' ? fail() : grown.run(sql, binds)),
          }
          try {
            write(text === null ? [] : [document(id, text)], { ...change, to: failing })
          } catch {
            continue // as a device without room
          }
        }
        if (drops) {
          removeShard(grown, storeId)
          kept.delete(storeId)
          continue
        }
        write(text === null ? [] : [document(id, text)], change)
        const documents = kept.get(storeId) ?? new Map<string, string>()
        kept.set(storeId, documents)
        if (text === null) documents.delete(id)
        else documents.set(id, text)
      }
      for (const [storeId, documents] of kept)
        write(
          [...documents].map(([id, text]) => document(id, text)),
          { to: fresh, storeId },
        )
      expect(rows(grown)).toEqual(rows(fresh))
      expect(isSearchIndexSound(grown)).toBe(true)
      for (const each of [grown, fresh]) each.close()
    }),
    { numRuns: 60 },
  )
})

const fail = () => {
  throw new Error('disk full')
}

test('[SI8] an index of another revision is made anew, and says so', () => {
  write([document('a', 'tea')])
  expect(openSearchIndex(db)).toBe(false)
  db.run('pragma user_version = 99')
  expect(openSearchIndex(db)).toBe(true)
  expect(found('tea')).toEqual([])
  expect(searchCursors(db).size).toBe(0)
})

test('[SI9] whatever is typed is asked without a failure', () => {
  write([document('a', 'tea "OR" NEAR(x)')])
  const odd = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme' }),
    fc
      .array(fc.constantFrom('"', '*', '-', ' ', 'AND', 'tea', 'from:', '\0', '茶', 'is:archived', ')'))
      .map((it) => it.join('')),
  )
  fc.assert(
    fc.property(odd, (text) => {
      const query = readQuery(text, { now, isTyping: true })
      expect(search(db, query).length).toBeLessThanOrEqual(1)
      countHits(db, query)
    }),
    { numRuns: 300 },
  )
})
