import { Schema } from '@livestore/livestore'
import { expect, test, vi } from 'vitest'
import { addAttachment } from '#schema/attachments/commands.ts'
import { attachmentsOf$ } from '#schema/attachments/queries.ts'
import { receiveAttachment } from '#schema/attachments/transfers.ts'
import * as commands from '#schema/conversations/commands.ts'
import { defaultSettings } from '#schema/conversations/defaults.ts'
import { deleteMessage, editMessage, sendMessage } from '#schema/conversations/message-commands.ts'
import * as queries from '#schema/conversations/queries.ts'
import { ConversationNotFound } from '#schema/conversations/refusals.ts'
import { conversationTransferEvents } from '#schema/conversations/transfer-events.ts'
import * as moves from '#schema/conversations/transfer-queries.ts'
import * as transfers from '#schema/conversations/transfers.ts'
import { byteCount } from '#schema/shared/text.ts'
import { receivedIdOf, TransferToItself } from '#schema/shared/transfers.ts'
import { rowsIn, subjectNamed, subjectOfRow } from '#sealing/subjects.ts'
import { commit, factsOf, personaStateHash, personaStoreWith } from '#tests/support/stores.ts'

vi.setConfig({ testTimeout: 60_000 })

const at = (minute: number) => ({
  at: new Date(Date.UTC(2026, 2, 1, 10, minute)),
  actorId: 'ada',
  deviceId: 'laptop',
})
const ids = { conversationId: 'c1', personaId: 'p1' }
const transfer = { transferId: 't1', fromPersonaId: 'p1', toPersonaId: 'p2' }
const there = (id: string) => receivedIdOf(id, 't1')

const say = (messageId: string, parentMessageId: string | null, minute: number, text = messageId) =>
  sendMessage(ids, { messageId, parentMessageId, role: 'user', parts: [{ type: 'text', text }] }, at(minute))

const answer = {
  model: 'built-in',
  promptTokens: 12,
  recalledMemoryIds: ['tea'],
  recalledMessageIds: ['q1'],
}

const file = {
  attachmentId: 'f1',
  name: 'cat.png',
  mediaType: 'image/png',
  bytes: 5,
  sha256: 'aa',
  chunkBytes: 1000,
  width: 3,
}

/** A question with a file, two answers to it, one of them deleted, and an edit. */
const storeOfTalk = async () => {
  const settings = { ...defaultSettings, temperature: 0.3 }
  const store = await personaStoreWith(
    commands.startConversation('p1', 'c1', { title: 'Tea', settings, tags: ['drinks'] }, at(0)),
    addAttachment(ids, file, at(0)),
    sendMessage(
      ids,
      {
        messageId: 'q1',
        parentMessageId: null,
        role: 'user',
        parts: [
          { type: 'text', text: 'Which tea?' },
          { type: 'file', attachmentId: 'f1', name: 'cat.png' },
        ],
      },
      at(1),
    ),
    sendMessage(
      ids,
      { messageId: 'a1', parentMessageId: 'q1', role: 'assistant', parts: [{ type: 'text', text: 'Green.' }], answer },
      at(2),
    ),
    say('a2', 'q1', 3, 'Black.'),
  )
  const a2 = { ...ids, messageId: 'a2', parts: [{ type: 'text' as const, text: 'Black.' }] }
  commit(
    store,
    editMessage(a2, [{ type: 'text', text: 'Black, with milk.' }], 'e1', at(4)),
    deleteMessage({ ...ids, messageId: 'a1' }, 'b1', at(5)),
    commands.favourConversation(store.query(queries.conversationById$('c1')), at(6)),
  )
  return store
}

type Store = Awaited<ReturnType<typeof personaStoreWith>>

const givenOf = (store: Store) => {
  const conversation = store.query(moves.conversationToTransfer$('c1'))
  if (conversation === null) throw new Error('It is here.')
  return [
    transfers.receiveConversation(conversation, transfer, at(9)),
    ...store.query(attachmentsOf$('c1')).map((file) => receiveAttachment(file, transfer, at(9))),
    ...transfers.receiveMessages(store.query(moves.messagesToTransfer$('c1', undefined, 100)), transfer, at(9)),
  ]
}

test('[CH57] a conversation comes to another persona with all its branches, its texts as they stand, its dates, how answers came about, its files, title, tags and settings', async () => {
  const here = await storeOfTalk()
  const store = await personaStoreWith(givenOf(here))
  expect(store.query(queries.conversationById$(there('c1')))).toMatchObject({
    personaId: 'p2',
    title: 'Tea',
    tags: ['drinks'],
    settings: { temperature: 0.3 },
    startedAt: at(0).at,
    deletedAt: null,
  })
  expect(store.query(queries.conversationById$(there('c1')))?.favouredAt).not.toBeNull()
  const branch = store.query(queries.openBranch$(there('c1'), 10))
  expect(branch.map(({ messageId, role, sentAt, siblingCount }) => [messageId, role, sentAt, siblingCount])).toEqual([
    [there('q1'), 'user', at(1).at, 1],
    [there('a2'), 'user', at(3).at, 2],
  ])
  expect(branch[0]?.parts[1]).toEqual({ type: 'file', attachmentId: there('f1'), name: 'cat.png' })
  expect(branch[1]?.parts).toEqual([{ type: 'text', text: 'Black, with milk.' }])
  expect(store.query(queries.messageById$(there('a1')))).toMatchObject({ deletedAt: at(5).at, sentAt: at(2).at })
  expect(store.query(queries.messageBody$(there('a1')))?.answer).toEqual({
    ...answer,
    recalledMessageIds: [there('q1')],
  })
  expect(store.query(attachmentsOf$(there('c1')))).toMatchObject([
    { attachmentId: there('f1'), personaId: 'p2', name: 'cat.png', width: 3, addedAt: at(0).at, keyId: null },
  ])
})

test('[CH58] told again, a transfer adds nothing, and what was done there since stays', async () => {
  const here = await storeOfTalk()
  const given = givenOf(here)
  const store = await personaStoreWith(given)
  const once = personaStateHash(store)
  commit(store, given)
  expect(personaStateHash(store)).toBe(once)
  commit(store, commands.renameConversation(store.query(queries.conversationById$(there('c1'))), 'Teas', at(20)), given)
  expect(store.query(queries.conversationById$(there('c1')))?.title).toBe('Teas')
})

test('[CH59] a long conversation moves in few facts of less than 200 kB, and each row is sealed as its conversation is', async () => {
  const messages = Array.from({ length: 5000 }, (_, n) => ({
    messageId: `m${n}`,
    conversationId: 'c1',
    parentMessageId: n === 0 ? null : `m${n - 1}`,
    role: 'user' as const,
    parts: [{ type: 'text' as const, text: 'A sentence of the usual length, said by somebody.' }],
    sentAt: at(n).at,
  }))
  const facts = transfers.receiveMessages(messages, transfer, at(0))
  expect(facts.length).toBeLessThan(20)
  const encode = Schema.encodeSync(conversationTransferEvents.messagesReceived.schema)
  for (const { args } of facts) expect(byteCount(JSON.stringify(encode(args)))).toBeLessThan(200_000)
  const subject = subjectNamed('conversationId', there('c1'))
  const all = [...facts, ...givenOf(await storeOfTalk()).filter(({ name }) => name !== 'v1.AttachmentReceived')]
  for (const { args } of all) {
    const rows = rowsIn(args)
    expect(rows?.rows.map((row) => subjectOfRow(rows.field, row))).toEqual(rows?.rows.map(() => subject))
  }
})

test('[CH60] here it is in the trash and says where it went, there it says where it came from; restored, it went nowhere', async () => {
  const here = await storeOfTalk()
  const store = await personaStoreWith(givenOf(here))
  commit(here, transfers.transferConversation('c1', transfer, at(10)))
  expect(here.query(queries.conversationById$('c1'))?.deletedAt).toEqual(at(10).at)
  expect(here.query(moves.conversationTransferOf$('c1'))).toMatchObject({ toPersonaId: 'p2', transferId: 't1' })
  const { origin } = store.query(queries.conversationById$(there('c1'))) ?? {}
  expect(transfers.cameFrom(origin)).toEqual({ personaId: 'p1', conversationId: 'c1' })
  expect(transfers.cameFrom({ format: 'chatgpt', sourceId: 'c1' })).toBeNull()
  expect(store.query(queries.messageBody$(there('q1')))?.sourceId).toBe('q1')
  commit(here, commands.restoreConversations('p1', ['c1'], 'b9', at(11)))
  expect(here.query(moves.conversationTransferOf$('c1'))).toBeNull()
  expect(here.query(queries.openBranch$('c1', 10))).toHaveLength(2)
})

test('[CH61] what is not here, in the trash, at home already or being answered is not moved', () => {
  const conversation = { personaId: 'p1', deletedAt: null }
  expect(transfers.refuseTransfer(null, 'p2', false)).toBeInstanceOf(ConversationNotFound)
  expect(transfers.refuseTransfer({ ...conversation, deletedAt: at(0).at }, 'p2', false)).toBeInstanceOf(
    transfers.ConversationInTrash,
  )
  expect(transfers.refuseTransfer(conversation, 'p1', false)).toBeInstanceOf(TransferToItself)
  expect(transfers.refuseTransfer(conversation, 'p2', true)).toBeInstanceOf(transfers.AnswerUnderWay)
  expect(transfers.refuseTransfer(conversation, 'p2', false)).toBeUndefined()
})

test('[CH63] nothing of a transfer outlives the erasure of the conversation, nor comes back after it', async () => {
  const here = await storeOfTalk()
  const given = givenOf(here)
  const left = transfers.transferConversation('c1', transfer, at(10))
  commit(here, left)
  commit(here, commands.eraseConversations('p1', [{ conversationId: 'c1', deletedAt: at(10).at }], 'er1', at(11)))
  commit(here, left)
  expect(here.query(moves.conversationTransferOf$('c1'))).toBeNull()
  const store = await personaStoreWith(given)
  const gone = [{ conversationId: there('c1'), deletedAt: at(10).at }]
  commit(store, commands.eraseConversations('p2', gone, 'er2', at(11)))
  commit(store, given)
  expect(store.query(queries.conversationById$(there('c1')))).toBeNull()
  expect(store.query(queries.messageById$(there('q1')))).toBeNull()
  expect(store.query(attachmentsOf$(there('c1')))).toEqual([])
  expect(factsOf(given)).toHaveLength(3)
})
