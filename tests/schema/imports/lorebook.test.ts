import { expect, test } from 'vitest'
import { personaOf, planOf } from './sources.ts'

const entry = {
  key: ['wolf'],
  keysecondary: ['night'],
  content: 'Wolves roam.',
  order: 100,
  constant: false,
  disable: false,
}
const book = (...entries: readonly object[]) => ({
  entries: Object.fromEntries(entries.map((it, uid) => [uid, { uid, ...it }])),
})

test('[IM12] a book that stands alone becomes a persona named after its file', () => {
  const plan = planOf(book(entry), 'The Glade.json')
  expect(plan).toMatchObject({ format: 'lorebook', rejected: [] })
  expect(plan.personas).toMatchObject([
    { draft: { name: 'The Glade' }, memories: [{ content: 'Wolves roam.', tags: ['wolf', 'night'], importance: 0.5 }] },
  ])
})

test('[IM12] a book of the third specification is read as well', () => {
  const source = { spec: 'lorebook_v3', data: { name: 'Glade', entries: [{ keys: ['a'], content: 'A' }] } }
  expect(planOf(source).personas).toMatchObject([
    { draft: { name: 'Glade' }, memories: [{ content: 'A', tags: ['a'] }] },
  ])
})

test('[IM12] keys written as one text are separated; long ones and the twenty-first are no tags', () => {
  const keys = [...Array(30).keys()].map((index) => `key ${index}`)
  expect(
    personaOf(book({ ...entry, key: 'wolf,  big  wolf, wolf', keysecondary: ['x'.repeat(61)] })).memories[0]?.tags,
  ).toEqual(['wolf', 'big wolf'])
  expect(personaOf(book({ ...entry, key: keys })).memories[0]?.tags).toEqual(keys.slice(0, 20))
})

test('[IM5] an entry without text, or with too much, is rejected and the others come', () => {
  const plan = planOf(
    book({ ...entry, content: ' ', comment: 'Title' }, { ...entry, content: 'x'.repeat(100_001) }, entry),
  )
  expect(plan.personas[0]?.memories).toHaveLength(1)
  expect(plan.rejected).toEqual([
    { where: 'entry 1 “Title”', reason: 'It has no text.' },
    { where: 'entry 2', reason: 'It has 100001 characters; a memory has at most 100000.' },
  ])
})

test('[IM3] a book brought into a persona twice, and once more when it has grown, brings each entry once', () => {
  const into = { intoPersonaId: 'p1' }
  const [first] = personaOf(book(entry), into).memories
  const grown = personaOf(book({ ...entry, content: 'New.' }, entry, entry), into).memories
  expect(grown[1]?.memoryId).toBe(first?.memoryId)
  expect(new Set(grown.map(({ memoryId }) => memoryId)).size).toBe(3)
})
