import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventSentence } from '#schema/stores/event-sentence.ts'
import { personaSchema, personaStoreEvents } from '#schema/stores/persona-store.ts'
import { logOf } from '#tests/support/log-events.ts'
import { sampleEvents } from '#tests/support/sample-log.ts'

test('[CM1] every event of the sample is a sentence that says what it is about', () => {
  const sentences = logOf(personaSchema, sampleEvents).map(eventSentence)
  expect(sentences[0]).toMatch(/^Created the persona “\w+.*”\.$/)
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].{5,200}[.]$/)
  expect(sentences.join(' ')).not.toMatch(/undefined|\[object|not known to/)
})

test('[CM1] whatever the arguments are, every known event is a sentence', () => {
  const names = Object.values(personaStoreEvents).map(({ name }) => name)
  fc.assert(
    fc.property(fc.constantFrom(...names), fc.anything(), (name, args) => {
      expect(eventSentence({ name, args })).toMatch(/^[A-Z].*\.$/s)
    }),
    { numRuns: 500 },
  )
})

test.each([
  ['v7.MemoriesSorted', 'Memories sorted (v7, not known to this version).'],
  ['toString', 'To string (not known to this version).'],
  ['v1.Erased', 'Was erased: nobody can read it any more.'],
])('[CM1] %s, which this version does not know, is told by its name', (name, sentence) => {
  expect(eventSentence({ name, args: {} })).toBe(sentence)
})
