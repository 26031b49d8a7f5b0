import { expect, test } from 'vitest'
import { blankDraft } from '#schema/personas/templates.ts'
import { countsText, formatName, isNothing, newCounts, rowsOfTarget } from '#web/features/imports/wording.ts'

const target = {
  outline: {
    personaId: 'ada',
    draft: { ...blankDraft, name: 'Ada' },
    formats: ['chatgpt'],
    fileKeys: ['a'],
    conversationIds: ['c1', 'c2'],
    messageIds: ['m1', 'm2', 'm3'],
    conversationOfMessages: ['c1', 'c1', 'c1'],
    memoryIds: [],
  },
  known: {
    persona: true,
    conversationIds: new Set(['c1']),
    messageIds: new Set(['m1', 'm2', 'm3']),
    memoryIds: new Set<string>(),
  },
  name: 'Ada',
}

test('[IW1] a dry run says how much is in the file and how much of it is here already', () => {
  expect(rowsOfTarget(target)).toEqual([
    { kind: 'Conversations', all: 2, known: 1 },
    { kind: 'Messages', all: 3, known: 3 },
  ])
  const counts = newCounts([target])
  expect(countsText(counts)).toBe('1 conversation')
  expect(isNothing(counts)).toBe(false)
  expect(
    isNothing(newCounts([{ ...target, known: { ...target.known, conversationIds: new Set(['c1', 'c2']) } }])),
  ).toBe(true)
  expect(countsText({ personas: 1, conversations: 0, messages: 0, memories: 0 })).toBe('1 persona')
})

test('[IW2] a format of a newer version keeps its own name', () => {
  expect(formatName('chatgpt, lorebook')).toBe('ChatGPT export, Lorebook')
  expect(formatName('claude')).toBe('claude')
})
