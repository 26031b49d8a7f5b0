import { expect, test } from 'vitest'
import { createPersona } from '#schema/personas/commands.ts'
import { base64Json, personaOf, planOf, pngOf, stamp, zipOf } from './sources.ts'

const v1 = {
  name: 'Seraphina',
  description: 'Guardian of the glade.',
  personality: 'kind',
  scenario: 'A forest.',
  first_mes: 'Welcome, {{user}}.',
  mes_example: '<START>',
}

const data = {
  ...v1,
  system_prompt: 'Stay gentle.',
  post_history_instructions: 'Never leave the forest.',
  alternate_greetings: ['You again.', 'Who goes there?'],
  creator: 'someone',
  creator_notes: 'Made with care.',
  tags: ['fantasy'],
  character_version: '1.2',
  extensions: { 'other/app': { depth: 4 } },
  character_book: {
    name: 'Glade',
    extensions: {},
    entries: [
      {
        keys: ['glade', 'forest'],
        content: 'The glade is safe.',
        insertion_order: 10,
        enabled: true,
        extensions: {},
        id: 1,
      },
      {
        keys: ['wolf'],
        content: 'Wolves roam.',
        insertion_order: 20,
        enabled: false,
        extensions: {},
        id: 2,
        comment: 'Wolves',
      },
      {
        keys: ['sera'],
        content: 'She heals.',
        insertion_order: 15,
        enabled: true,
        constant: true,
        extensions: {},
        id: 3,
      },
    ],
  },
}

const v2 = { spec: 'chara_card_v2', spec_version: '2.0', data }
const v3 = {
  spec: 'chara_card_v3',
  spec_version: '3.0',
  data: { ...data, nickname: 'Sera', assets: [], group_only_greetings: ['Hi, all'] },
}

test.each([
  ['version 1 as JSON', v1],
  ['version 2 as JSON', v2],
  ['version 3 as JSON', v3],
  ['version 1 in a picture', pngOf(['tEXt', 'chara', base64Json(v1)])],
  ['version 2 in a picture', pngOf(['tEXt', 'chara', base64Json(v2)])],
  ['version 3 in a picture', pngOf(['tEXt', 'ccv3', base64Json(v3)])],
  ['a packed text', pngOf(['zTXt', 'chara', base64Json(v2)])],
  ['an international text', pngOf(['iTXt', 'Chara', base64Json(v2)])],
  ['a text that is JSON as it is', pngOf(['iTXt', 'chara', JSON.stringify(v2)])],
  ['an archive', zipOf({ 'card.json': v3, 'assets/icon/image/1.png': pngOf() })],
])('[IM10] a character card is read: %s', (_, source) => {
  const plan = planOf(source)
  expect(plan).toMatchObject({ format: 'character-card', rejected: [], notes: [] })
  expect(plan.personas[0]?.draft).toMatchObject({
    name: 'Seraphina',
    personality: 'Guardian of the glade.\n\nPersonality: kind\n\nScenario: A forest.',
  })
})

test('[IM10] of two cards in one picture the newer version is read; the older if the newer is broken', () => {
  const newer = { ...v3, data: { ...data, name: 'Newer' } }
  const both = pngOf(['tEXt', 'chara', base64Json(v2)], ['tEXt', 'ccv3', base64Json(newer)])
  expect(personaOf(both).draft.name).toBe('Newer')
  const broken = pngOf(['tEXt', 'chara', base64Json(v2)], ['tEXt', 'ccv3', 'bm90IGpzb24='])
  expect(personaOf(broken).draft.name).toBe('Seraphina')
})

test('[IM3] a card is the same persona as a picture, as JSON, and with its fields in another order', () => {
  const turned = { data: Object.fromEntries(Object.entries(data).toReversed()), spec: 'chara_card_v2' }
  const ids = [v2, turned, pngOf(['tEXt', 'chara', base64Json(v2)])].map((source) => personaOf(source).personaId)
  expect(new Set(ids).size).toBe(1)
  expect(personaOf({ ...v2, data: { ...data, description: 'Other.' } }).personaId).not.toBe(ids[0])
})

test('[IM11] greetings are one conversation, branches side by side, the first one open', () => {
  const { conversations, messages } = personaOf(v2)
  expect(conversations).toMatchObject([{ title: 'First meeting', currentMessageId: messages[0]?.messageId }])
  expect(messages.map(({ parts }) => parts[0]?.text)).toEqual(['Welcome, {{user}}.', 'You again.', 'Who goes there?'])
  expect(messages.every(({ parentMessageId, role }) => parentMessageId === null && role === 'assistant')).toBe(true)
  expect(personaOf({ ...v1, first_mes: ' ' }).conversations).toEqual([])
})

test('[IM11] the instructions of a card become the system prompt', () => {
  expect(personaOf(v2).draft.systemPrompt).toBe('Stay gentle.\n\nNever leave the forest.')
})

test('[IM12] entries of the book become memories: keys are tags, what counts more is more important', () => {
  expect(personaOf(v2).memories).toMatchObject([
    { content: 'The glade is safe.', kind: 'lore', tags: ['glade', 'forest'], importance: 0.3 },
    { content: 'Wolves roam.', kind: 'lore', tags: ['disabled', 'wolf'], importance: 0.7 },
    { content: 'She heals.', kind: 'lore', tags: ['sera'], importance: 0.9 },
  ])
})

test('[IM13] what we have no field for is kept for a later export', () => {
  const { origin, memories } = personaOf(v3)
  const { entries: _, ...book } = data.character_book
  expect(JSON.parse(origin.rest ?? '')).toEqual({ ...v3, data: { ...v3.data, character_book: book } })
  expect(JSON.parse(memories[1]?.origin?.rest ?? '')).toEqual({
    keys: ['wolf'],
    insertion_order: 20,
    enabled: false,
    extensions: {},
    id: 2,
    comment: 'Wolves',
  })
})

test('[IM13] what is too heavy to keep is named, and the lighter fields stay', () => {
  const heavy = { ...v2, data: { ...data, extensions: { small: 1, model: 'x'.repeat(2_000_000) } } }
  const plan = planOf(heavy)
  expect(plan.rejected).toEqual([
    { where: 'card › data › extensions › model', reason: 'It is too large to be kept for a later export.' },
  ])
  expect(JSON.parse(plan.personas[0]?.origin.rest ?? '').data).toMatchObject({
    creator: 'someone',
    extensions: { small: 1 },
  })
})

test('[IM13] a field named __proto__ is kept like any other, and changes nothing', () => {
  const source = JSON.stringify(v2).replace(
    '"extensions":{"other/app"',
    '"extensions":{"__proto__":{"name":"x"},"other/app"',
  )
  expect(personaOf(source).origin.rest).toContain('"__proto__":{"name":"x"}')
  expect(Object.prototype).not.toHaveProperty('name')
})

test.each([
  ['Dr. Who (v2)!', 'Dr Who v2'],
  ['  Zoë-Ann O’Neil ', 'Zoë-Ann O’Neil'],
  ['初音ミク', '初音ミク'],
  ['a/b', 'a b'],
  ['x'.repeat(300), 'x'.repeat(100)],
  ['', 'my card'],
  ['🙂', 'my card'],
])('[IM20] the name %j becomes %j, and a note says so', (name, ours) => {
  const plan = planOf({ ...v1, name }, 'folder/my_card.v2.json'.replace('my_card.v2', 'my card'))
  const draft = plan.personas[0]!.draft
  expect(draft.name).toBe(ours)
  expect(plan.notes.length > 0).toBe(name.trim() !== ours)
  expect(createPersona('p1', draft, stamp)).not.toBeInstanceOf(Error)
})

test('[IM20] a text longer than we allow is cut with a note; the whole stays for the export', () => {
  const long = { ...v2, data: { ...data, description: '😀'.repeat(30_000), system_prompt: 'y'.repeat(3000) } }
  const plan = planOf(long)
  const { draft, origin } = plan.personas[0]!
  expect(createPersona('p1', draft, stamp)).not.toBeInstanceOf(Error)
  expect(plan.notes.map(({ where }) => where)).toEqual(['personality', 'system prompt'])
  expect(JSON.parse(origin.rest ?? '').data.description).toHaveLength(60_000)
})

test('[IM11] a small picture becomes the avatar, without the card in it; a large one does not', () => {
  const card = ['tEXt', 'chara', base64Json(v2)] as const
  expect(personaOf(pngOf(card)).draft.avatar).toBe(`data:image/png;base64,${Buffer.from(pngOf()).toString('base64')}`)
  const large = pngOf(card, ['tEXt', 'IDAT', ''])
  expect(personaOf(withPixels(large, 60_000)).draft.avatar).toBeNull()
})

/** A picture is large when its pixels are, not its texts. */
const withPixels = (png: Uint8Array, length: number) => {
  const before = Buffer.from(png).indexOf('IDAT', Buffer.from(png).lastIndexOf('IEND') - 30) - 4
  const chunk = Buffer.alloc(length + 12)
  chunk.writeUInt32BE(length)
  chunk.write('IDAT', 4)
  return new Uint8Array(Buffer.concat([png.subarray(0, before), chunk, png.subarray(before)]))
}
