import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isEmptyQuery, readQuery } from '#schema/stores/search-query.ts'
import { foldedText, tokensIn, tokenText } from '#schema/stores/search-tokens.ts'

const now = new Date('2026-03-15T10:00:00Z')
const read = (text: string) => readQuery(text, { now })
const word = (...tokens: readonly string[]) => ({ tokens, isPrefix: false })

test('[SQ1] words, phrases, beginnings of words, and what is to be left out', () => {
  expect(read('tea "green tea" cin* -coffee -"black tea" well-known')).toEqual({
    wanted: [word('tea'), word('green', 'tea'), { tokens: ['cin'], isPrefix: true }, word('well', 'known')],
    without: [word('coffee'), word('black', 'tea')],
    filters: [],
    notes: [],
  })
})

test('[SQ2] operators filter, with quotes around several words and a minus to leave out', () => {
  expect(read('from:Ada in:"Harbour walks" -kind:fact role:user persona:Zoë has:image is:archived').filters).toEqual([
    { field: 'from', value: 'ada', isExcluded: false },
    { field: 'in', value: 'harbour walks', isExcluded: false },
    { field: 'kind', value: 'fact', isExcluded: true },
    { field: 'role', value: 'user', isExcluded: false },
    { field: 'persona', value: 'zoe', isExcluded: false },
    { field: 'has', value: 'image', isExcluded: false },
    { field: 'is', value: 'archived', isExcluded: false },
  ])
})

test.each([
  ['before:2026', '2026-01-01'],
  ['after:2026-03', '2026-03-01'],
  ['after:2026/3/9', '2026-03-09'],
  ['before:today', '2026-03-15'],
  ['after:yesterday', '2026-03-14'],
  ['after:2w', '2026-03-01'],
  ['after:1y', '2025-03-15'],
])('[SQ3] %s is told from %s', (text, day) => {
  expect(read(text).filters).toMatchObject([{ at: new Date(`${day}T00:00:00Z`) }])
})

test.each([
  ['before:soon', '“before:” wants a day, a month or a year, such as before:2026-03-01.'],
  ['after:2026-02-31', '“after:” wants a day, a month or a year, such as after:2026-03-01.'],
  ['from:', '“from:” wants a word after it.'],
  ['is:odd', '“is:” knows only “is:archived”.'],
  ['-', 'There is no letter or digit in it to look for.'],
  ['() && ||', 'There is no letter or digit in it to look for.'],
])('[SQ4] of %s it says what it left aside, and why', (text, reason) => {
  const query = read(text)
  expect(query.notes[0]?.reason).toBe(reason)
  expect(isEmptyQuery(query)).toBe(true)
})

test('[SQ4] a quote that is not closed goes to the end, and says so', () => {
  expect(read('tea "green and')).toMatchObject({
    wanted: [word('tea'), word('green', 'and')],
    notes: [{ ignored: '"' }],
  })
})

test('[SQ5] an operator it does not know, an address and the syntax of others are words', () => {
  expect(read('https://example.org/tea').wanted).toEqual([word('https', 'example', 'org', 'tea')])
  expect(read('at 12:30').wanted).toEqual([word('at'), word('12', '30')])
  expect(read("tea' OR 1=1; --drop").wanted.map(({ tokens }) => tokens.join(' '))).toEqual(['tea', 'or', '1 1'])
  expect(read('NEAR(tea cup, 2) {col}:x^2').wanted.map(({ tokens }) => tokens.join(' '))).toEqual([
    'near tea',
    'cup',
    '2',
    'col x 2',
  ])
})

test('[SQ6] case, accents and what is not seen make no difference', () => {
  expect(tokenText('Zoë’s CAFÉ in Łódź, Straße, Ærø, ﬁn, Ｆｕｌｌ, Ἀθῆναι')).toBe(
    'zoe s cafe in lodz strasse aero fin full αθηναι',
  )
  expect(read('\u202bca\u200bfe\u0301\u202c').wanted).toEqual([word('cafe')])
  expect(tokenText('שָׁלוֹם كِتَاب')).toBe(tokenText('שלום كتاب'))
})

test('[SQ7] scripts without spaces and pictographs are cut into characters, and a run of them is a phrase', () => {
  expect(read('绿茶').wanted).toEqual([word('绿', '茶')])
  expect(tokenText('朝は緑茶v2です🫖👍🏽')).toBe('朝 は 緑 茶 v2 で す 🫖 👍')
  expect(tokenText('한국어')).toBe('한 국 어')
  expect(tokenText('ชาเย็น').split(' ')).toHaveLength(5)
})

test('[SQ8] while one is typing, the last word may go on', () => {
  const typing = (text: string) => readQuery(text, { now, isTyping: true }).wanted.map(({ isPrefix }) => isPrefix)
  expect(typing('green tea')).toEqual([false, true])
  expect(typing('green te')).toEqual([false, false])
  expect(typing('green tea ')).toEqual([false, false])
  expect(typing('"green tea"')).toEqual([false])
  expect(typing('green -tea')).toEqual([false])
  expect(typing('green from:ad')).toEqual([false])
})

test('[SQ9] of a very long query the beginning counts, and it says so', () => {
  const query = read('tea '.repeat(2500))
  expect(query.wanted).toHaveLength(32)
  expect(query.notes).toMatchObject([{ reason: 'Only the first 32 words are looked for.' }])
  expect(read('from:ada '.repeat(1000)).filters).toHaveLength(16)
})

const odd = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '-',
        ':',
        '*',
        'from:',
        'before:',
        'is:',
        '(',
        'OR',
        ' ',
        'té',
        '茶',
        '🫖',
        '\u200d',
        '\u202e',
        '\0',
        '\ud800',
      ),
    )
    .map((pieces) => pieces.join('')),
)

test('[SQ10] whatever is typed is a query: never a failure, and nothing in it but tokens', () => {
  fc.assert(
    fc.property(odd, (text) => {
      const { wanted, without, filters, notes } = read(text)
      for (const { tokens } of [...wanted, ...without]) {
        expect(tokens.length).toBeGreaterThan(0)
        for (const token of tokens) expect(token).toMatch(/^[\p{L}\p{M}\p{N}\p{Extended_Pictographic}]+$/u)
      }
      expect(filters.length).toBeLessThanOrEqual(16)
      for (const { reason } of notes) expect(reason).toMatch(/\.$/)
    }),
    { numRuns: 500 },
  )
})

test('[SQ10] tokens stand where they say, in their order, and folding them again changes nothing', () => {
  fc.assert(
    fc.property(odd, (text) => {
      let end = 0
      for (const { text: folded, from, to } of tokensIn(text)) {
        expect(from).toBeGreaterThanOrEqual(end)
        expect(to).toBeGreaterThan(from)
        expect(foldedText(text.slice(from, to))).toBe(folded)
        expect(foldedText(folded)).toBe(folded)
        end = to
      }
    }),
    { numRuns: 500 },
  )
})

test('[SI13] texts of plain letters are cut like all others', () => {
  const plain = fc.string({ unit: 'binary-ascii', maxLength: 60 })
  fc.assert(
    fc.property(plain, (text) => {
      const tokens = tokensIn(text).map((token) => token.text)
      expect(tokenText(text)).toBe(tokens.join(' '))
    }),
    { numRuns: 1000 },
  )
})
