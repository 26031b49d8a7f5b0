import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { timesOf } from '#schema/stores/event-times.ts'
import { actSentence, actsOf } from '#schema/stores/log-acts.ts'
import { PatternUnreadable, patternOf } from '#schema/stores/log-pattern.ts'
import { type LogQuery, linesOfEvent, logMatcher } from '#schema/stores/log-search.ts'
import { eventTitle, namesBySubject, subjectOfEvent } from '#schema/stores/log-subjects.ts'
import { personaSchema, personaStoreEvents } from '#schema/stores/persona-store.ts'
import { logOf } from '#tests/support/log-events.ts'
import { sampleEvents } from '#tests/support/sample-log.ts'

const log = logOf(personaSchema, sampleEvents)
const times = timesOf(personaSchema, log)

const found = (query: LogQuery) => {
  const isFound = logMatcher(query)
  return log.filter((event, index) => isFound(event, times[index] ?? 0))
}

const pattern = (source: string): RegExp => {
  const made = patternOf(source)
  if (made instanceof PatternUnreadable) throw made
  return made
}

test('[LG1] nothing asked for finds every event', () => {
  expect(found({})).toEqual(log)
})

test('[LG1] text is found in the sentence and in every value of the event, whatever the case', () => {
  const memory = log.find(({ name }) => name === 'v1.MemoryAdded')!
  const { content, memoryId } = memory.args as { content: string; memoryId: string }
  expect(found({ text: content.toUpperCase() })).toContain(memory)
  expect(found({ text: memoryId })).toContain(memory)
  expect(found({ text: 'added the memory' })).toEqual(found({ names: ['v1.MemoryAdded'] }))
  expect(found({ text: '  ' })).toEqual(log)
  expect(found({ text: 'said by nobody ever' })).toEqual([])
})

test('[LG2] a regular expression is tried on the sentence, the name, and each line “field: value”', () => {
  expect(found({ pattern: pattern('^added the memory “') })).toEqual(found({ names: ['v1.MemoryAdded'] }))
  const important = found({ pattern: pattern('^importance: 0\\.[89]') })
  expect(important.length).toBeGreaterThan(0)
  expect(important.every(({ args }) => (args as { importance: number }).importance >= 0.8)).toBe(true)
  expect(linesOfEvent({ seqNum: 1, name: 'v1.X', args: { a: [{ b: 1 }, { b: null }], c: 'two' } })).toBe(
    'X (v1, not known to this version).\nv1.X\nb: 1\nc: two',
  )
})

test('[LG3] filters are combined: an event is found when each finds it, and in its place', () => {
  const some = fc.record(
    {
      names: fc.subarray([...new Set(log.map(({ name }) => name)), 'v9.Unknown'], { minLength: 1 }),
      deviceId: fc.constantFrom('laptop', 'phone'),
      actorId: fc.constantFrom('ada', 'boris'),
      from: fc.constantFrom(...times),
      to: fc.constantFrom(...times),
      after: fc.nat(log.length),
      text: fc.constantFrom('tea', 'a', 'the'),
      pattern: fc.constantFrom(/a.*b/im, /^role: user$/m),
    },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(some, (query) => {
      // Each filter asked by itself.
      const each = Object.entries(query).map(([key, value]) => new Set(found({ [key]: value })))
      expect(found(query)).toEqual(log.filter((event) => each.every((one) => one.has(event))))
    }),
    { numRuns: 60 },
  )
})

test.each([
  ['(tea', 1, '('],
  ['tea)', 4, ')'],
  ['a**', 3, '*'],
  ['[a-', 1, '['],
  ['x[z-a]', 5, 'a'],
  ['(a)(b', 4, '('],
  ['[(]+)', 5, ')'],
  ['+', 1, '+'],
  ['ok\\', 3, '\\'],
  ['a{3,1}', 6, '}'],
])('[LG4] %s, which cannot be read, is refused with what is wrong and where', (source, at, character) => {
  const refused = patternOf(source)
  expect(refused).toBeInstanceOf(PatternUnreadable)
  expect(refused).toMatchObject({ at })
  expect((refused as PatternUnreadable).message).toMatch(/^This is no regular expression: [a-z\\].+, at character \d+ /)
  expect((refused as PatternUnreadable).message).toContain(`(“${character}”)`)
})

test('[LG4] whatever is typed is a regular expression, or is refused with a place in it', () => {
  const typed = fc.oneof(
    fc.string({ maxLength: 30 }),
    fc.string({ unit: fc.constantFrom(...'()[]{}*+?|\\^$-,ab1<>=!:'.split('')), maxLength: 12 }),
  )
  fc.assert(
    fc.property(typed, (source) => {
      const made = patternOf(source)
      if (!(made instanceof PatternUnreadable)) return
      expect(made.at).toBeGreaterThanOrEqual(1)
      expect(made.at).toBeLessThanOrEqual(source.length)
    }),
    { numRuns: 2000 },
  )
})

test('[LG5] an import, a batch and the steps of a task are one act each; what takes them back is another', () => {
  const event = (seqNum: number, name: string, args: object) => ({ seqNum, name, args })
  const events = [
    event(1, 'v1.MemoriesImported', { importId: 'i', memories: [1, 2] }),
    event(2, 'v1.MemoryAdded', { memoryId: 'm', content: 'Likes tea' }),
    event(3, 'v1.MemoriesImported', { importId: 'i', memories: [3] }),
    event(4, 'v1.ConversationsImported', { importId: 'i', conversations: [1] }),
    event(5, 'v1.MemoriesImportWithdrawn', { importId: 'i' }),
    event(6, 'v1.MemoriesForgotten', { batchId: 'b', memoryIds: ['x', 'y'] }),
    event(7, 'v1.TaskQueued', { taskId: 't' }),
    event(8, 'v1.MemoriesForgotten', { batchId: 'b', memoryIds: ['z'] }),
    event(9, 'v1.MemoriesRestored', { batchId: 'b', memoryIds: ['z'] }),
    event(10, 'v1.TaskSucceeded', { taskId: 't' }),
  ]
  expect([...actsOf(events)]).toEqual([0, -1, 0, 0, 1, 2, 3, 2, 4, 3])
  const act = (number: number) => actSentence(events.filter((_, index) => actsOf(events)[index] === number))
  expect(act(0)).toBe('Imported 3 memories. Imported a conversation.')
  expect(act(2)).toBe('Forgot 3 memories.')
  expect(act(3)).toBe('Finished an answer.')
})

test('[LG6] every event has a subject and a title, and those of another version are named', () => {
  const names = Object.values(personaStoreEvents).map(({ name }) => name)
  expect(names.filter((name) => subjectOfEvent(name) === 'Of another version')).toEqual([])
  expect(names.map(eventTitle).filter((title) => !/^[A-Z][a-z ]+$/.test(title))).toEqual([])
  expect(subjectOfEvent('v1.Erased')).toBe('Erasing')
  expect([...namesBySubject(['v9.MemoriesSorted', 'v1.TaskQueued', 'v1.MemoryAdded'])]).toEqual([
    ['Memories', ['v1.MemoryAdded']],
    ['Answers', ['v1.TaskQueued']],
    ['Of another version', ['v9.MemoriesSorted']],
  ])
})
