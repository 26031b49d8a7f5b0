import { expect, test, vi } from 'vitest'
import * as personas from '#schema/personas/commands.ts'
import { persona$ } from '#schema/personas/queries.ts'
import { commit, personaStoreWith } from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 60_000 })

const stamp = { at: new Date('2026-03-01T10:00:00Z'), actorId: 'ada', deviceId: 'laptop' }
const draft: personas.PersonaDraft = {
  name: ' Juniper ',
  personality: 'dry',
  tone: 'warm',
  traits: { openness: 0, conscientiousness: 100, extraversion: 50, agreeableness: 50, neuroticism: 50 },
  customTraits: [{ name: 'patience', value: 92 }],
  systemPrompt: 'Ask first.',
  hue: 136,
  avatar: null,
}
const created = personas.createPersona('p1', draft, stamp)

test('[PE1] a persona created is in its store, its name trimmed', async () => {
  const store = await personaStoreWith(created)
  expect(store.query(persona$)).toMatchObject({ ...draft, name: 'Juniper', personaId: 'p1', archivedAt: null })
  expect((await personaStoreWith()).query(persona$)).toBeNull()
})

test('[PE2] a name has 1–100 Unicode letters, marks, digits, spaces, hyphens or apostrophes', () => {
  for (const name of ['Zoë', 'O’Brien-Ng', "d'Arc 2", 'मीरा', '小林', 'a'.repeat(100), '𝒜'.repeat(100)]) {
    expect(personas.createPersona('p1', { ...draft, name }, stamp), name).toMatchObject({ name: 'v1.PersonaCreated' })
  }
  for (const name of ['', '   ', 'a'.repeat(101), 'a\nb', 'a/b', '<b>', '🌱', 'a_b']) {
    expect(personas.createPersona('p1', { ...draft, name }, stamp), name).toBeInstanceOf(personas.PersonaNameIllegal)
  }
})

test.each([
  ['systemPrompt', 'x'.repeat(2001), personas.SystemPromptTooLong, 'x'.repeat(2000)],
  ['personality', 'x'.repeat(20_001), personas.PersonalityTooLong, '🌱'.repeat(20_000)],
  ['avatar', 'x'.repeat(64_001), personas.AvatarTooLarge, 'x'.repeat(64_000)],
  ['hue', 360, personas.HueOutOfRange, 359.5],
  ['hue', Number.NaN, personas.HueOutOfRange, 0],
  ['customTraits', [{ name: 'patience', value: 101 }], personas.TraitOutOfRange, []],
  ['traits', { ...draft.traits, openness: -1 }, personas.TraitOutOfRange, draft.traits],
] as const)('[PE3] a draft past a limit is refused, one at it is not: %s', (field, tooMuch, refusal, enough) => {
  const refused = personas.createPersona('p1', { ...draft, [field]: tooMuch }, stamp)
  expect(refused).toBeInstanceOf(refusal)
  expect((refused as Error).message).toMatch(/\.$/) // refused, as the line before says
  expect(personas.createPersona('p1', { ...draft, [field]: enough }, stamp)).toMatchObject({
    name: 'v1.PersonaCreated',
  })
})

test('[PE4] an archived persona cannot be archived again, and only an archived one is restored', async () => {
  const store = await personaStoreWith(created)
  expect(personas.restorePersona(store.query(persona$), stamp)).toBeInstanceOf(personas.PersonaNotArchived)
  commit(store, personas.archivePersona(store.query(persona$), stamp))
  expect(store.query(persona$)?.archivedAt).toEqual(stamp.at)
  expect(personas.archivePersona(store.query(persona$), stamp)).toBeInstanceOf(personas.PersonaAlreadyArchived)
  commit(store, personas.restorePersona(store.query(persona$), stamp))
  expect(store.query(persona$)?.archivedAt).toBeNull()
})

test('[PE5] revising writes one fact for each side that changed, and none when nothing did', async () => {
  const store = await personaStoreWith(created)
  const revise = (changes: Partial<personas.PersonaDraft>) =>
    personas.revisePersona(store.query(persona$), { ...draft, ...changes }, stamp)
  expect(revise({})).toEqual([])
  expect(revise({ name: 'Fern' })).toMatchObject([{ name: 'v1.PersonaRenamed' }])
  const all = { name: 'Fern', tone: 'curt', systemPrompt: '', hue: 12.5 }
  commit(store, revise(all))
  expect(store.query(persona$)).toMatchObject(all)
  expect(revise({ name: '' })).toBeInstanceOf(personas.PersonaNameIllegal)
})

test('[PE6] what is not here cannot be revised, archived or restored', () => {
  expect(personas.revisePersona(null, draft, stamp)).toBeInstanceOf(personas.PersonaNotFound)
  expect(personas.archivePersona(null, stamp)).toBeInstanceOf(personas.PersonaNotFound)
  expect(personas.restorePersona(null, stamp)).toBeInstanceOf(personas.PersonaNotFound)
})
