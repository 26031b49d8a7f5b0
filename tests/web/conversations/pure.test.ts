import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { titleFor } from '#schema/conversations/defaults.ts'
import type { MessageRow } from '#schema/conversations/queries.ts'
import { statusOf } from '#web/features/conversations/message-status.ts'
import { rowsToItems, slack, windowOf } from '#web/features/conversations/message-window.ts'
import { languageOfCode, looksLikeCode } from '#web/features/conversations/pasted-code.ts'
import { wordDiff } from '#web/ui/word-diff.ts'

const at = (day: number) => new Date(2026, 0, day, 12)

const row = (n: number, { deleted = false, day = 1 } = {}): MessageRow => ({
  messageId: `m${n}`,
  conversationId: 'c1',
  personaId: 'p1',
  parentMessageId: n === 0 ? null : `m${n - 1}`,
  role: 'user',
  preview: '',
  sentAt: at(day),
  editedAt: null,
  deletedAt: deleted ? at(day) : null,
  importId: null,
  parts: [],
  answer: null,
  siblingCount: 1,
  conflictCount: 0,
})
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => row(from + n))

test('[CH30] the newest messages are shown, and older ones are known to be there', () => {
  const shown = windowOf(rows(850, 1000), 100, undefined)
  expect([shown.rows[0]?.messageId, shown.rows.length, shown.hasOlder]).toEqual(['m900', 100, true])
})

test('[CH30] a conversation that is all there has nothing older', () => {
  expect(windowOf(rows(0, 60), 100, undefined)).toMatchObject({ hasOlder: false })
})

test('[CH31] the first message shown stays the first while messages arrive', () => {
  const before = windowOf(rows(850, 1000), 100, undefined)
  const after = windowOf(rows(860, 1010), 100, before.rows[0]?.messageId)
  expect(after.rows[0]?.messageId).toBe('m900')
  expect(after.rows).toHaveLength(110)
  expect(slack).toBeGreaterThan(10)
})

test('[CH32] deleted messages in a row are one line, which holds them all', () => {
  const items = rowsToItems([row(0), row(1, { deleted: true }), row(2, { deleted: true }), row(3)])
  expect(items.map(({ kind }) => kind)).toEqual(['message', 'deleted', 'message'])
  expect(items[1]).toMatchObject({ rows: [{ messageId: 'm1' }, { messageId: 'm2' }] })
})

test('[CH33] the first message of a day says which day it is', () => {
  const items = rowsToItems([row(0), row(1), row(2, { day: 2 })])
  expect(items.map((item) => item.kind === 'message' && item.newDay)).toEqual([true, false, true])
})

test('[CH34] a status is derived from facts and from where they are', () => {
  const facts = { deletedAt: null, answer: null }
  expect((['device', 'leader', 'server'] as const).map((place) => statusOf({ ...facts, place }))).toEqual([
    'sending',
    'sent',
    'delivered',
  ])
  const error = { code: 'x', message: 'y', timestamp: at(1) }
  const answer = { model: 'm', recalledMemoryIds: [], recalledMessageIds: [], error }
  expect(statusOf({ deletedAt: null, answer, place: 'server' })).toBe('error')
  expect(statusOf({ deletedAt: at(1), answer, place: 'server' })).toBe('deleted')
})

test('[CH35] a diff shows what was taken out and what was put in, word by word', () => {
  expect(wordDiff('the red boat sails', 'the blue boat sails home')).toEqual([
    { kind: 'same', text: 'the ' },
    { kind: 'removed', text: 'red' },
    { kind: 'added', text: 'blue' },
    { kind: 'same', text: ' boat sails' },
    { kind: 'added', text: ' home' },
  ])
})

test('[CH35] without what was added a diff is the text before, without what was removed the text after', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', ' ', ', ', '\n', '茶'), { maxLength: 30 })
    .map((words) => words.join(''))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const diff = wordDiff(before, after)
      const without = (kind: string) =>
        diff
          .filter((change) => change.kind !== kind)
          .map(({ text }) => text)
          .join('')
      expect([without('added'), without('removed')]).toEqual([before, after])
    }),
  )
})

test('[CH35] a diff of very long texts takes no time', () => {
  const before = 'a b '.repeat(20_000)
  expect(wordDiff(before, `x ${before.replaceAll('b', 'c')}`).length).toBeGreaterThan(1)
})

test('[CH36] pasted code is recognised, and prose is not', () => {
  expect(looksLikeCode('def cost(days):\n    total = days * 2\n    return total')).toBe(true)
  expect(looksLikeCode('const a = {\n  b: 1,\n}\n')).toBe(true)
  expect(looksLikeCode('Dear Ada,\nI hope you are well.\nThe harbour is quiet.')).toBe(false)
  expect(looksLikeCode('one line')).toBe(false)
})

test('[CH36] the language of code is guessed from its signs', () => {
  expect(languageOfCode('def cost(days):\n  return 1')).toBe('python')
  expect(languageOfCode('{ "a": 1 }')).toBe('json')
  expect(languageOfCode('select a from b')).toBe('sql')
  expect(languageOfCode('hello there')).toBe('')
})

test('[CH1] a conversation is named after the first words said in it', () => {
  expect(titleFor('Look:\n\n```ts\nconst a = 1\n```')).toBe('Look:')
  expect(titleFor('```ts\nconst a = 1\n```')).toBe('const a = 1')
  expect(titleFor('word '.repeat(40)).length).toBeLessThanOrEqual(60)
  expect(titleFor('…')).toBe('New chat')
})
