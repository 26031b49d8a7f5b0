import { expect, test, vi } from 'vitest'
import * as commands from '#schema/conversations/commands.ts'
import { defaultSettings } from '#schema/conversations/defaults.ts'
import { conversationEvents } from '#schema/conversations/events.ts'
import * as messageCommands from '#schema/conversations/message-commands.ts'
import { type MessagePart, textOfParts } from '#schema/conversations/parts.ts'
import * as queries from '#schema/conversations/queries.ts'
import * as refusals from '#schema/conversations/refusals.ts'
import { commit, isAlive, personaStoreWith } from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 60_000 })

const at = (minute: number) => ({ at: new Date(Date.UTC(2026, 2, 1, 10, minute)), actorId: 'ada', deviceId: 'laptop' })
const text = (value: string): readonly MessagePart[] => [{ type: 'text', text: value }]
const started = commands.startConversation('p1', 'c1', { title: 'Übers Gießen' }, at(0))

const storeWithTalk = async () => {
  const store = await personaStoreWith(started)
  const send = (messageId: string, parentMessageId: string | null, minute: number, said = messageId) =>
    commit(
      store,
      messageCommands.sendMessage(
        store.query(queries.conversationById$('c1')),
        { messageId, parentMessageId, role: 'user', parts: text(said) },
        at(minute),
      ),
    )
  send('a', null, 1)
  send('b', 'a', 2)
  send('c', 'b', 3)
  const branch = (limit = 100) => store.query(queries.openBranch$('c1', limit)).map(({ messageId }) => messageId)
  return { store, send, branch, message: (id: string) => store.query(queries.messageById$(id)) }
}

test('[CO1] a conversation has a title of 1–200 characters, “New chat” by default, and tags of 1–60', async () => {
  const store = await personaStoreWith(commands.startConversation('p1', 'c1', { tags: [' b ', 'a', 'a'] }, at(0)))
  const conversation = store.query(queries.conversationById$('c1'))
  expect(conversation).toMatchObject({ title: 'New chat', settings: defaultSettings, tags: ['a', 'b'] })
  for (const title of [' ', 'x'.repeat(201)]) {
    expect(commands.startConversation('p1', 'c1', { title }, at(0))).toBeInstanceOf(refusals.ConversationTitleIllegal)
    expect(commands.renameConversation(conversation, title, at(0))).toBeInstanceOf(refusals.ConversationTitleIllegal)
  }
  expect(commands.tagConversation(conversation, [''], at(0))).toBeInstanceOf(refusals.ConversationTagIllegal)
  commit(
    store,
    commands.renameConversation(conversation, 'x'.repeat(200), at(1)),
    commands.tagConversation(conversation, ['z'], at(1)),
  )
  expect(store.query(queries.conversationById$('c1'))).toMatchObject({ title: 'x'.repeat(200), tags: ['z'] })
})

test.each([
  ['temperature', 0, 2],
  ['maxTokens', 1, 32_000],
  ['topP', 0, 1],
  ['frequencyPenalty', -2, 2],
  ['presencePenalty', -2, 2],
] as const)('[CO2] the setting %s goes from %d to %d', (setting, from, to) => {
  const withValue = (value: number) =>
    commands.startConversation('p1', 'c1', { settings: { ...defaultSettings, [setting]: value } }, at(0))
  for (const value of [from, to]) expect(withValue(value)).toMatchObject({ name: 'v1.ConversationStarted' })
  for (const value of [from - 0.01, to + 0.01, Number.NaN])
    expect(withValue(value)).toBeInstanceOf(refusals.SettingOutOfRange)
})

test('[CO3] a system prompt has at most 2000 characters', async () => {
  const settings = { ...defaultSettings, systemPrompt: 'x'.repeat(2001) }
  expect(commands.startConversation('p1', 'c1', { settings }, at(0))).toBeInstanceOf(refusals.SettingOutOfRange)
  const store = await personaStoreWith(started)
  const tuned = { ...defaultSettings, systemPrompt: 'x'.repeat(2000), temperature: 0.25 }
  commit(store, commands.tuneConversation(store.query(queries.conversationById$('c1')), tuned, at(1)))
  expect(store.query(queries.conversationById$('c1'))?.settings).toEqual(tuned)
})

test('[CO4] a message needs content or a part, and has at most 100 000 characters and 600 kB', async () => {
  const { store } = await storeWithTalk()
  const conversation = store.query(queries.conversationById$('c1'))
  const send = (parts: readonly MessagePart[]) =>
    messageCommands.sendMessage(conversation, { messageId: 'x', parentMessageId: null, role: 'user', parts }, at(9))
  expect(send([])).toBeInstanceOf(refusals.MessageEmpty)
  expect(send(text(' \n '))).toBeInstanceOf(refusals.MessageEmpty)
  expect(send(text('x'.repeat(100_001)))).toBeInstanceOf(refusals.MessageTooLong)
  expect(send(text('🌱'.repeat(100_000)))).toMatchObject({ name: 'v1.MessageSent' })
  expect(send([{ type: 'image', url: `data:image/png;base64,${'A'.repeat(2_000_000)}` }])).toBeInstanceOf(
    refusals.MessageTooLarge,
  )
  expect(send([{ type: 'image', url: 'https://example.com/a.png' }])).toMatchObject({ name: 'v1.MessageSent' })
})

test('[CO5] an unknown part is kept as it is, however deep, and the text of a message is derived by one function', async () => {
  let deep: unknown = 1
  for (let depth = 0; depth < 1500; depth++) deep = [deep]
  const parts: readonly MessagePart[] = [
    { type: 'text', text: 'one' },
    { type: 'code', language: 'sql', code: 'two', filename: 'a.sql' },
    { type: 'image', url: 'x', alt: 'three' },
    { type: 'poll', question: 'four', deep },
    { type: 'toolResult', toolCallId: 't', output: 'five' },
  ]
  const store = await personaStoreWith(started)
  const conversation = store.query(queries.conversationById$('c1'))
  commit(
    store,
    messageCommands.sendMessage(
      conversation,
      { messageId: 'a', parentMessageId: null, role: 'assistant', parts },
      at(1),
    ),
  )
  expect(await isAlive(store)).toBe(true)
  expect(store.query(queries.messageBody$('a'))?.parts).toEqual(parts)
  expect(textOfParts(parts)).toBe('one\na.sql\ntwo\nthree\nfive')
  expect(store.query(queries.messageById$('a'))?.preview).toBe('one a.sql two three five')
})

test('[CO6] counts and the time of the last message are derived; the newest talk is first, after the favourites', async () => {
  const { store } = await storeWithTalk()
  commit(
    store,
    commands.startConversation('p1', 'c2', { title: 'Later' }, at(30)),
    commands.startConversation('p1', 'c3', { title: 'Last' }, at(40)),
  )
  const list = (show: 'open' | 'archived' | 'deleted' = 'open', wanted = '') =>
    store.query(queries.conversationList$({ show, text: wanted }, 50)).map(({ conversationId }) => conversationId)
  expect(list()).toEqual(['c3', 'c2', 'c1'])
  commit(store, commands.favourConversation(store.query(queries.conversationById$('c1')), at(50)))
  expect(list()).toEqual(['c1', 'c3', 'c2'])
  expect(store.query(queries.conversationList$({ show: 'open' }, 1))).toMatchObject([
    { messageCount: 3, lastMessageAt: at(3).at },
  ])
  commit(store, commands.unfavourConversation(store.query(queries.conversationById$('c1')), at(51)))
  expect(list()).toEqual(['c3', 'c2', 'c1'])
})

test('[CO7] a title is found whatever its case, in any script', async () => {
  const store = await personaStoreWith(started)
  const found = (wanted: string) => store.query(queries.conversationList$({ show: 'open', text: wanted }, 50)).length
  expect([found('ÜBERS'), found('gieß'), found('nothing')]).toEqual([1, 1, 0])
})

test('[CO8] conversations are archived, deleted and brought back in one act, at most 2000 at once', async () => {
  const store = await personaStoreWith(started, commands.startConversation('p1', 'c2', {}, at(1)))
  const shown = (show: 'open' | 'archived' | 'deleted') => store.query(queries.conversationList$({ show }, 50)).length
  const both = ['c1', 'c2']
  commit(store, commands.archiveConversations('p1', both, 'b1', at(2)))
  expect([shown('open'), shown('archived')]).toEqual([0, 2])
  commit(
    store,
    commands.unarchiveConversations('p1', both, 'b2', at(3)),
    commands.deleteConversations('p1', both, 'b3', at(4)),
  )
  expect([shown('open'), shown('deleted')]).toEqual([0, 2])
  commit(store, commands.restoreConversations('p1', both, 'b4', at(5)))
  expect(shown('open')).toBe(2)
  const many = Array.from({ length: 2001 }, (_, n) => `c${n}`)
  expect(commands.deleteConversations('p1', many, 'b', at(6))).toBeInstanceOf(refusals.TooManyAtOnce)
})

test('[CO9] an edit keeps what was said before, and a deleted message can be restored', async () => {
  const { store, message } = await storeWithTalk()
  commit(
    store,
    messageCommands.editMessage({ ...message('b')!, parts: text('b') }, text('better'), 'e1', at(5)),
    messageCommands.deleteMessage(message('b'), 'd1', at(6)),
  )
  expect(store.query(queries.editsOfMessage$('b'))).toMatchObject([{ previousParts: text('b'), editedAt: at(5).at }])
  expect(message('b')).toMatchObject({ preview: 'better', deletedAt: at(6).at })
  commit(store, messageCommands.restoreMessage(message('b'), 'd2', at(7)))
  expect(message('b')?.deletedAt).toBeNull()
})

test('[CO10] a conversation is a tree: the branch last written or chosen stands open, the newest messages of it', async () => {
  const { store, send, branch, message } = await storeWithTalk()
  expect(branch()).toEqual(['a', 'b', 'c'])
  expect(branch(2)).toEqual(['b', 'c'])
  send('b2', 'a', 8)
  expect(branch()).toEqual(['a', 'b2'])
  expect(store.query(queries.openBranch$('c1', 9)).map(({ siblingCount }) => siblingCount)).toEqual([1, 2])
  expect(store.query(queries.branchEnds$('c1', 'a')).map(({ endId }) => endId)).toEqual(['c', 'b2'])
  commit(store, messageCommands.chooseBranch(message('c'), at(9)))
  expect(branch()).toEqual(['a', 'b', 'c'])
})

test('[CH56] where a message stands among those that answer the same one is told without their branches', async () => {
  const { store, send } = await storeWithTalk()
  send('b2', 'a', 8)
  expect(store.query(queries.siblings$('c1', 'a', 2))).toEqual(['b', 'b2'])
  expect(store.query(queries.siblings$('c1', null, 2))).toEqual(['a'])
  expect(store.query(queries.branchEnds$('c1', 'a')).map(({ siblingId }) => siblingId)).toEqual(['b', 'b2'])
})

test('[CO11] messages that answer each other in a circle harm nobody', async () => {
  const { store, send, branch } = await storeWithTalk()
  send('x', 'y', 5)
  send('y', 'x', 6)
  expect(branch(10)).toHaveLength(10)
  expect(store.query(queries.branchEnds$('c1', 'x')).map(({ endId }) => endId)).toEqual(['y'])
})

test('[CO12] withdrawing an import takes its talks along, but not what the person wrote into them', async () => {
  const { store } = await storeWithTalk()
  const by = { actorId: 'ada', deviceId: 'laptop' }
  const imported = { personaId: 'p1', importId: 'i1', importedAt: at(10).at, ...by }
  const conversation = (id: string) => ({
    conversationId: id,
    title: id,
    settings: defaultSettings,
    tags: [],
    startedAt: at(9).at,
    archivedAt: null,
    favourite: false,
    currentMessageId: `${id}m`,
  })
  const message = (id: string) => ({
    messageId: `${id}m`,
    conversationId: id,
    parentMessageId: null,
    role: 'user' as const,
    parts: text('old'),
    sentAt: at(9).at,
  })
  commit(
    store,
    conversationEvents.conversationsImported({ ...imported, conversations: [conversation('i'), conversation('j')] }),
    conversationEvents.messagesImported({ ...imported, messages: [message('i'), message('j')] }),
  )
  commit(
    store,
    messageCommands.sendMessage(
      store.query(queries.conversationById$('j')),
      { messageId: 'mine', parentMessageId: 'jm', role: 'user', parts: text('mine') },
      at(11),
    ),
  )
  commit(
    store,
    conversationEvents.conversationsImportWithdrawn({ personaId: 'p1', importId: 'i1', withdrawnAt: at(12).at, ...by }),
  )
  expect(store.query(queries.conversationById$('i'))).toBeNull()
  expect(store.query(queries.openBranch$('j', 9)).map(({ messageId }) => messageId)).toEqual(['mine'])
  expect(store.query(queries.conversationById$('c1'))).not.toBeNull()
  commit(
    store,
    conversationEvents.messageSent({
      messageId: 'late',
      conversationId: 'i',
      personaId: 'p1',
      parentMessageId: 'im',
      role: 'user',
      parts: text('late'),
      sentAt: at(13).at,
      ...by,
    }),
  )
  expect(store.query(queries.openBranch$('i', 9)).map(({ messageId }) => messageId)).toEqual(['late'])
})

test('[CO13] an answer names the memories it was given, and a memory its answers', async () => {
  const { store } = await storeWithTalk()
  const answer = { model: '', recalledMemoryIds: ['m1', 'm2'], recalledMessageIds: [] }
  commit(
    store,
    messageCommands.sendMessage(
      store.query(queries.conversationById$('c1')),
      { messageId: 'd', parentMessageId: 'c', role: 'assistant', parts: text('so'), answer },
      at(4),
    ),
  )
  expect(store.query(queries.messageBody$('d'))?.answer).toEqual(answer)
  expect(store.query(queries.answersThatRecalled$('m2'))).toMatchObject([{ messageId: 'd', preview: 'so' }])
})

test('[CO14] what is not here cannot be changed', () => {
  for (const refused of [
    commands.renameConversation(null, 'x', at(0)),
    commands.tuneConversation(null, defaultSettings, at(0)),
    commands.tagConversation(null, [], at(0)),
    commands.favourConversation(null, at(0)),
    commands.unfavourConversation(null, at(0)),
    messageCommands.sendMessage(null, { messageId: 'x', parentMessageId: null, role: 'user', parts: text('x') }, at(0)),
  ])
    expect(refused).toBeInstanceOf(refusals.ConversationNotFound)
  for (const refused of [
    messageCommands.editMessage(null, text('x'), 'e', at(0)),
    messageCommands.deleteMessage(null, 'b', at(0)),
    messageCommands.restoreMessage(null, 'b', at(0)),
    messageCommands.chooseBranch(null, at(0)),
  ])
    expect(refused).toBeInstanceOf(refusals.MessageNotFound)
})
