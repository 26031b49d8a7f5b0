import { expect, test } from 'vitest'
import { textOfParts } from '#schema/conversations/parts.ts'
import { conversationOf, messageOf, personaOf, planOf, zipOf } from './sources.ts'

const textsOf = (source: unknown) => personaOf(source).messages.map(({ parts }) => textOfParts(parts))

test('[IM2] an export of ChatGPT becomes one persona with its conversations and messages', () => {
  const persona = personaOf([
    conversationOf([
      ['root', null, null],
      ['u', 'root', 'Tea?'],
      ['a', 'u', 'Yes.'],
    ]),
  ])
  expect(persona.draft.name).toBe('ChatGPT')
  expect(persona.conversations).toMatchObject([{ title: 'Tea', startedAt: new Date(1_700_000_000_000) }])
  expect(persona.messages).toMatchObject([
    { parentMessageId: null, role: 'user', parts: [{ type: 'text', text: 'Tea?' }], sourceId: 'u' },
    { parentMessageId: persona.messages[0]?.messageId, parts: [{ type: 'text', text: 'Yes.' }], sourceId: 'a' },
  ])
  expect(persona.conversations[0]?.currentMessageId).toBe(persona.messages[1]?.messageId)
})

const hidden = { metadata: { is_visually_hidden_from_conversation: true } }

test.each([
  ['no message', null],
  ['visually hidden', messageOf('x', hidden)],
  ['without weight', messageOf('x', { weight: 0 })],
  ['custom instructions', messageOf({ content_type: 'user_editable_context', user_profile: 'x' })],
  ['what the model remembers', messageOf({ content_type: 'model_editable_context', model_set_context: 'x' })],
  ['empty', messageOf('  ', { author: { role: 'system' } })],
  ['no parts', messageOf({ content_type: 'text' })],
  ['no thoughts', messageOf({ content_type: 'thoughts', thoughts: [] })],
])('[IM4] %s: the node is skipped and its answers go to the message above', (_, skipped) => {
  const persona = personaOf([
    conversationOf([
      ['top', null, 'one'],
      ['skipped', 'top', skipped],
      ['below', 'skipped', 'two'],
      ['end', 'below', skipped],
    ]),
  ])
  const [top, below] = persona.messages
  expect(persona.messages).toHaveLength(2)
  expect(below?.parentMessageId).toBe(top?.messageId)
  expect(persona.conversations[0]?.currentMessageId).toBe(below?.messageId)
})

test('[IM5] a conversation without messages to read is rejected with its place and reason, and the rest comes', () => {
  const good = conversationOf([['u', null, 'Tea?']])
  const plan = planOf([good, { title: 'Broken', conversation_id: 'c2' }, 42, null], 'conversations.json')
  expect(plan.personas[0]?.messages).toHaveLength(1)
  expect(plan.rejected).toEqual([
    { where: 'conversations.json › conversation 2 “Broken”', reason: 'It has no messages: “mapping” is missing.' },
    { where: 'conversations.json › conversation 3', reason: 'It is not a conversation.' },
    { where: 'conversations.json › conversation 4', reason: 'It is not a conversation.' },
  ])
})

test.each([
  ['2 MB of text', messageOf('x'.repeat(2_000_000)), /^It has 2000000 characters; a message has at most 100000.$/],
  [
    '2 MB of something unknown',
    messageOf({ content_type: 'widget', data: 'x'.repeat(2_000_000) }),
    /takes 2000\d+ bytes/,
  ],
  ['no author', messageOf('x', { author: {} }), /^It does not say who wrote it.$/],
  ['a text for a message', ['x'], /^It is not a message.$/],
])('[IM5] a message with %s is rejected, and its answers go to the message above', (_, message, reason) => {
  const plan = planOf([
    conversationOf([
      ['top', null, 'one'],
      ['m1', 'top', message],
      ['below', 'm1', 'two'],
    ]),
  ])
  const [top, below] = plan.personas[0]!.messages
  expect(below?.parentMessageId).toBe(top?.messageId)
  expect(plan.rejected).toEqual([
    {
      where: 'file.json › conversation 1 “Tea” › message m1',
      reason: expect.stringMatching(reason),
    },
  ])
})

test('[IM5] a message of exactly 100 000 emoji comes; one more is too many', () => {
  const plan = planOf([
    conversationOf([
      ['a', null, '😀'.repeat(100_000)],
      ['b', 'a', '😀'.repeat(100_001)],
    ]),
  ])
  expect(plan.personas[0]?.messages).toHaveLength(1)
  expect(plan.rejected).toHaveLength(1)
})

test('[IM6] times are kept to the millisecond; a message without one follows the message it answers', () => {
  const persona = personaOf([
    conversationOf([
      ['a', null, messageOf('one', { create_time: null })],
      ['b', 'a', messageOf('two', { create_time: 1_700_000_009.1234 })],
      ['c', 'b', messageOf('three', { create_time: null })],
      ['d', 'c', messageOf('four', { create_time: 1e300 })],
    ]),
  ])
  expect(persona.messages.map(({ sentAt }) => sentAt.getTime())).toEqual([
    1_700_000_000_000, 1_700_000_009_123, 1_700_000_009_124, 1_700_000_009_125,
  ])
})

test('[IM6] a conversation without a time starts with its first message', () => {
  const source = conversationOf([['a', null, messageOf('one', { create_time: 1_600_000_000 })]], { create_time: null })
  expect(personaOf([source]).conversations[0]?.startedAt).toEqual(new Date(1_600_000_000_000))
})

test('[IM7] branches stay branches, and the branch open at the source is open here', () => {
  const nodes = [
    ['q', null, 'Tea?'],
    ['a1', 'q', 'Green.'],
    ['a2', 'q', 'Black.'],
    ['q2', 'a1', 'Why?'],
  ] as const
  const persona = personaOf([conversationOf(nodes, { current_node: 'a2' })])
  const [q, a1, a2, q2] = persona.messages
  expect([a1, a2, q2].map((message) => message?.parentMessageId)).toEqual([q?.messageId, q?.messageId, a1?.messageId])
  expect(persona.conversations[0]?.currentMessageId).toBe(a2?.messageId)
})

test.each([undefined, null, 'nowhere', 7])(
  '[IM7] if the open branch is %s, the newest message is open',
  (current_node) => {
    const nodes = [
      ['q', null, 'Tea?'],
      ['a1', 'q', 'Green.'],
      ['a2', 'q', 'Black.'],
    ] as const
    const persona = personaOf([conversationOf(nodes, { current_node })])
    expect(persona.conversations[0]?.currentMessageId).toBe(persona.messages[2]?.messageId)
  },
)

test('[IM7] a parent that is missing makes a root; a circle is cut; no message is lost', () => {
  const persona = personaOf([
    conversationOf([
      ['a', 'gone', 'a'],
      ['b', 'c', 'b'],
      ['c', 'b', 'c'],
      ['d', 'd', 'd'],
      ['e', '__proto__', 'e'],
    ]),
  ])
  expect(new Set(persona.messages.map(({ sourceId }) => sourceId))).toEqual(new Set(['a', 'b', 'c', 'd', 'e']))
  expect(persona.messages).toHaveLength(5)
  expect(persona.messages.filter(({ parentMessageId }) => parentMessageId === null)).toHaveLength(4)
})

test('[IM7] a node that names no parent goes below the one that lists it', () => {
  const source = conversationOf([
    ['a', null, 'a'],
    ['b', null, 'b'],
  ])
  source.mapping.a!.children = ['b']
  const [a, b] = personaOf([source]).messages
  expect(b?.parentMessageId).toBe(a?.messageId)
})

const assistant = { author: { role: 'assistant' } }
const tool = { author: { role: 'tool', name: 'browser' } }

test.each([
  [
    'text in pieces',
    messageOf({ content_type: 'text', parts: ['a', '', 'b'] }),
    [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ],
  ],
  ['plain text', messageOf('', { content: 'a' }), [{ type: 'text', text: 'a' }]],
  [
    'a picture and words',
    messageOf({
      content_type: 'multimodal_text',
      parts: [{ content_type: 'image_asset_pointer', asset_pointer: 'sediment://file_1', width: 4, height: 3 }, 'Look'],
    }),
    [
      { type: 'file', attachmentId: 'file_1', name: 'Image, 4 × 3' },
      { type: 'text', text: 'Look' },
    ],
  ],
  [
    'speech and its recording',
    messageOf({
      content_type: 'multimodal_text',
      parts: [
        { content_type: 'audio_transcription', text: 'Hello' },
        {
          content_type: 'real_time_user_audio_video_asset_pointer',
          audio_asset_pointer: { content_type: 'audio_asset_pointer', asset_pointer: 'sediment://file_2' },
        },
      ],
    }),
    [
      { type: 'text', text: 'Hello' },
      { type: 'file', attachmentId: 'file_2', name: 'Recording' },
    ],
  ],
  [
    'an uploaded file',
    messageOf('Read this', { metadata: { attachments: [{ id: 'file-3', name: 'notes.pdf' }] } }),
    [
      { type: 'text', text: 'Read this' },
      { type: 'file', attachmentId: 'file-3', name: 'notes.pdf' },
    ],
  ],
  [
    'code for the interpreter',
    messageOf({ content_type: 'code', language: 'unknown', text: 'print(1)' }, { ...assistant, recipient: 'python' }),
    [{ type: 'code', language: 'python', code: 'print(1)' }],
  ],
  [
    'code for people',
    messageOf({ content_type: 'code', language: 'json', text: '{}' }, assistant),
    [{ type: 'code', language: 'json', code: '{}' }],
  ],
  [
    'a call of a tool',
    messageOf(
      { content_type: 'code', language: 'unknown', text: 'search("tea")' },
      { ...assistant, recipient: 'browser' },
    ),
    [{ type: 'toolCall', toolCallId: 'm', name: 'browser', input: 'search("tea")' }],
  ],
  [
    'what the interpreter printed',
    messageOf({ content_type: 'execution_output', text: '1' }, tool),
    [{ type: 'toolResult', toolCallId: 'm', output: '1' }],
  ],
  [
    'what was browsed',
    messageOf({ content_type: 'tether_browsing_display', result: 'Tea…', summary: '' }, tool),
    [{ type: 'toolResult', toolCallId: 'm', output: 'Tea…' }],
  ],
  [
    'a quotation',
    messageOf({ content_type: 'tether_quote', url: 'https://tea.example', title: 'Tea', text: 'Hot' }, tool),
    [{ type: 'toolResult', toolCallId: 'm', output: 'Tea\nhttps://tea.example\nHot' }],
  ],
  [
    'an error',
    messageOf({ content_type: 'system_error', name: 'Timeout', text: 'Too slow' }, tool),
    [{ type: 'toolResult', toolCallId: 'm', output: 'Timeout\nToo slow' }],
  ],
  [
    'thoughts',
    messageOf({ content_type: 'thoughts', thoughts: [{ summary: 's', content: 'c' }] }, assistant),
    [{ type: 'chatgpt:thoughts', value: { content_type: 'thoughts', thoughts: [{ summary: 's', content: 'c' }] } }],
  ],
  [
    'something of tomorrow',
    messageOf({ content_type: 'hologram', beam: 1 }, assistant),
    [{ type: 'chatgpt:hologram', value: { content_type: 'hologram', beam: 1 } }],
  ],
])('[IM8] %s becomes parts of ours', (_, message, parts) => {
  expect(personaOf([conversationOf([['m', null, message]])]).messages[0]?.parts).toEqual(parts)
})

test('[IM8] results carry the id of the call above them, and what tools say is on the side of the assistant', () => {
  const { messages } = personaOf([
    conversationOf([
      ['call', null, messageOf('tea', { ...assistant, recipient: 'browser' })],
      ['r1', 'call', messageOf('one', tool)],
      ['r2', 'r1', messageOf('two', tool)],
    ]),
  ])
  expect(messages.map(({ parts }) => parts[0]?.toolCallId)).toEqual(['call', 'call', 'call'])
  expect(messages.map(({ role }) => role)).toEqual(['assistant', 'assistant', 'assistant'])
})

test('[IM8] the model, the archive and the star come along', () => {
  const persona = personaOf([
    conversationOf([['m', null, messageOf('Hi', { ...assistant, metadata: { model_slug: 'o4-mini' } })]], {
      is_archived: true,
      is_starred: true,
      update_time: 1_700_000_100,
    }),
  ])
  expect(persona.messages[0]?.answer?.model).toBe('o4-mini')
  expect(persona.conversations[0]).toMatchObject({ favourite: true, archivedAt: new Date(1_700_000_100_000) })
})

test.each([
  ['', 'Untitled'],
  [null, 'Untitled'],
  [' A\n title ', 'A title'],
  ['x'.repeat(300), `${'x'.repeat(199)}…`],
])('[IM8] the title %j becomes %j', (title, ours) => {
  expect(personaOf([conversationOf([['m', null, 'Hi']], { title, mapping: {} })]).conversations[0]?.title).toBe(ours)
})

test('[IM9] an archive is read with all its shards, and what stands in two of them comes once', () => {
  const one = conversationOf([['u', null, 'one']])
  const two = conversationOf([['u', null, 'two']], { conversation_id: 'c2' })
  const zip = zipOf({
    'export/conversations-000.json': [one],
    'export/conversations-001.json': [one, two],
    'export/shared_conversations.json': [{ id: 'x' }],
    'chat.html': '<html>',
  })
  expect(textsOf(zip)).toEqual(['one', 'two'])
  expect(planOf([one, two])).toMatchObject({ personas: [{ personaId: planOf(zip).personas[0]?.personaId }] })
})

test('[IM9] a shard that cannot be read is rejected, and the others come', () => {
  const plan = planOf(
    zipOf({ 'conversations-000.json': '[{', 'conversations-001.json': [conversationOf([['u', null, 'a']])] }),
  )
  expect(plan.personas[0]?.messages).toHaveLength(1)
  expect(plan.rejected).toMatchObject([{ where: 'file.json › conversations-000.json' }])
})

test.each([
  ['a whole export', (it: object) => [it]],
  ['a list below a name', (it: object) => ({ conversations: [it] })],
  ['one conversation', (it: object) => it],
])('[IM1] %s is recognised', (_, around) => {
  expect(textsOf(around(conversationOf([['u', null, 'Tea?']])))).toEqual(['Tea?'])
})

test('[IM19] text that no database keeps is mended: NUL, half an emoji', () => {
  const source = JSON.stringify([conversationOf([['u', null, 'MARK']])]).replaceAll(
    'MARK',
    'a\\u0000b\\ud83dc\\ud83d\\ude00',
  )
  expect(textsOf(source)).toEqual(['a\ufffdb\ufffdc😀'])
})
