import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readQuery } from '#schema/stores/search-query.ts'
import { askedOf, isAboutOnePersona, looserOf, partsOf, withPersona } from '#web/features/search/typed.ts'

const now = new Date('2026-03-15T10:00:00Z')

test('[SP14] of ten thousand characters the first thousand are asked, and it is known', () => {
  expect(askedOf(` ${'tea '.repeat(2500)}`)).toMatchObject({ isCut: true })
  expect(askedOf('tea '.repeat(2500)).asked).toHaveLength(1000)
  expect(askedOf('  tea ')).toEqual({ asked: 'tea', isCut: false })
  // Half a pictograph would be another character.
  expect(askedOf(`a${'🫖'.repeat(600)}`).asked.isWellFormed()).toBe(true)
})

test('[SP14] whatever is typed is asked, loosened and narrowed without a failure', () => {
  const pieces = fc.constantFrom(
    '"',
    '(',
    'AND',
    'NEAR/2',
    '*',
    '-',
    'from:',
    'before:x',
    "';--",
    '🫖',
    'שלום',
    '\u200b',
    '绿茶',
  )
  fc.assert(
    fc.property(
      fc.array(fc.oneof(pieces, fc.string({ unit: 'binary' })), { maxLength: 12 }),
      fc.string(),
      (typed, name) => {
        const { asked } = askedOf(typed.join(' '))
        const looser = looserOf(asked)
        expect(looser === undefined || looserOf(looser.typed)?.typed !== looser.typed).toBe(true)
        const isNamed = partsOf(withPersona('', name)).filters.length === 1
        expect(isAboutOnePersona(withPersona(asked, name))).toBe(isNamed || isAboutOnePersona(asked))
      },
    ),
  )
})

test('[SP13] one persona alone is asked for by its name, whatever else was typed', () => {
  const narrowed = (typed: string, name: string) => readQuery(withPersona(typed, name), { now })
  expect(narrowed('tea', 'Ada')).toMatchObject({
    filters: [{ field: 'persona', value: 'ada' }],
    wanted: [{ tokens: ['tea'] }],
  })
  expect(narrowed('"green tea', 'Ada "the first" Lund')).toMatchObject({
    filters: [{ field: 'persona', value: 'ada the first lund' }],
    wanted: [{ tokens: ['green', 'tea'] }],
  })
  expect(isAboutOnePersona(withPersona('tea', 'Zoë'))).toBe(true)
  expect(isAboutOnePersona('tea -persona:ada')).toBe(false)
})

test('[SP9] who found nothing is offered the words alone, then words that begin so, then nothing more', () => {
  expect(looserOf('"green tea" -cup from:ada')).toMatchObject({ typed: 'green tea' })
  expect(looserOf('green tea')).toMatchObject({ typed: 'green* tea*' })
  expect(looserOf('green* tea*')).toBeUndefined()
  expect(looserOf('from:ada')).toBeUndefined()
})
