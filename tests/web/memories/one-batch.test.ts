import { expect, test } from 'vitest'
import { forgetMemories, MemoryNotFound, restoreMemories } from '#schema/memories/commands.ts'
import { actSentence, actsOf } from '#schema/stores/log-acts.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { logOf } from '#tests/support/log-events.ts'
import { factsOf } from '#tests/support/stores.ts'
import { inOneBatch } from '#web/features/memories/one-batch.ts'

const many = Array.from({ length: 4001 }, (_, place) => `m${place}`)
const stamp = { at: new Date(0), actorId: 'ada', deviceId: 'laptop' }

test('[MX14] an act over many is cut into events of at most 2000, none left out', () => {
  const parts: (readonly string[])[] = []
  inOneBatch(many, 'b', (part) => {
    parts.push(part)
    return []
  })
  expect(parts.map(({ length }) => length)).toEqual([2000, 2000, 1])
  expect(parts.flat()).toEqual(many)
  expect(inOneBatch([], 'b', () => new MemoryNotFound())).toEqual([])
})

test('[ME90] an act over any number is one batch, one line of the log, and nothing when a part is refused', () => {
  const log = logOf(personaSchema, [
    ...factsOf(inOneBatch(many, 'b1', (part, id) => forgetMemories('p', part, id, stamp))),
    ...factsOf(inOneBatch(many, 'b2', (part, id) => restoreMemories('p', part, id, stamp))),
  ])
  expect([...actsOf(log)]).toEqual([0, 0, 0, 1, 1, 1])
  expect(actSentence(log.slice(0, 3))).toBe('Forgot 4001 memories.')
  const refused = inOneBatch(many, 'b', (part, id) =>
    part.length < 2000 ? new MemoryNotFound() : forgetMemories('p', part, id, stamp),
  )
  expect(refused).toBeInstanceOf(MemoryNotFound)
})
