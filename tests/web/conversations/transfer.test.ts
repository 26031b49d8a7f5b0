import { beforeEach, expect, test } from 'vitest'
import { addAttachment } from '#schema/attachments/commands.ts'
import { attachmentsOf$ } from '#schema/attachments/queries.ts'
import { deleteConversations, restoreConversations, startConversation } from '#schema/conversations/commands.ts'
import { sendMessage } from '#schema/conversations/message-commands.ts'
import { conversationById$, conversationCounts$ } from '#schema/conversations/queries.ts'
import { conversationTransferOf$, messageCountOf$ } from '#schema/conversations/transfer-queries.ts'
import { AnswerUnderWay, ConversationInTrash } from '#schema/conversations/transfers.ts'
import { receivedIdOf } from '#schema/shared/transfers.ts'
import { personaSchema } from '#schema/stores/persona-store.ts'
import { queueTask } from '#schema/tasks/commands.ts'
import { imagesWith, storeOn } from '#tests/support/store-on.ts'
import { commit, type Decision, type Fact, factsOf, personaStoreWith } from '#tests/support/stores.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { type GivingMeans, giveConversation } from '#web/services/transfers/give-conversation.ts'
import { forgiveTransfer, isOwed, owedTransfers, oweTransfer } from '#web/services/transfers/owed-transfers.ts'

const stamp = { at: new Date('2026-03-01T10:00:00Z'), actorId: 'ada', deviceId: 'laptop' }
const ids = { conversationId: 'c1', personaId: 'p1' }
const there = receivedIdOf('c1', 't1')
const messages = 1200
const file = { name: 'cat.png', mediaType: 'image/png', bytes: 5, sha256: 'aa', chunkBytes: 1000 }

const say = (n: number): Fact => {
  const parts = [{ type: 'text' as const, text: `Sentence number ${n}. `.repeat(10) }]
  const draft = { messageId: `m${n}`, parentMessageId: n === 0 ? null : `m${n - 1}`, role: 'user' as const, parts }
  const said = sendMessage(ids, draft, { ...stamp, at: new Date(stamp.at.getTime() + n * 1000) })
  if (said instanceof Error) throw said
  return said
}

const given = [
  startConversation('p1', 'c1', { title: 'Tea' }, stamp),
  addAttachment(ids, { attachmentId: 'f1', ...file }, stamp),
  ...Array.from({ length: messages }, (_, n) => say(n)),
]
const images = imagesWith(personaSchema, given.flatMap(factsOf))

const setting = async (changes: Partial<GivingMeans> = {}) => {
  const here = await storeOn(personaSchema, images, {})
  const other = await personaStoreWith()
  const told: string[] = []
  const copied: string[] = []
  const means: GivingMeans = {
    write: (store, decision) => {
      if (decision instanceof Error) return decision
      const opened = (store as unknown) === here ? here : other // the very stores, as the app calls them
      const facts = [decision as Decision].flat() as readonly Fact[] // what a command of this store decided
      told.push(...facts.map(({ name }) => name))
      commit(opened, facts)
      return undefined
    },
    stamp: () => stamp,
    fetchFile: async () => undefined,
    copyFile: async ({ attachmentId }, _to, onKept) => {
      copied.push(attachmentId)
      onKept()
      return undefined
    },
    room: async () => undefined,
    isStopped: () => false,
    onProgress: () => undefined,
    ...changes,
  }
  const [from, to] = [here, other] as unknown as readonly [PersonaStore, PersonaStore]
  const give = (more: Partial<GivingMeans> = {}) =>
    giveConversation(
      { here: from, there: to, conversationId: 'c1', transferId: 't1', fromPersonaId: 'p1', toPersonaId: 'p2' },
      { ...means, ...more },
    )
  return { here, other, give, told, copied }
}

beforeEach(() => localStorage.clear())

test('[CH58] a move is told there first and here last; cut short anywhere it goes on, and nothing is there twice', async () => {
  const { here, other, give, told, copied } = await setting()
  const seen: (readonly [number, number])[] = []
  const onProgress = (done: number, all: number) => seen.push([done, all])
  let turns = 0
  const room = () => (++turns > 3 ? Promise.reject(new Error('The tab is gone.')) : Promise.resolve())
  await expect(give({ room })).rejects.toThrow('The tab is gone.')
  expect(here.query(conversationById$('c1'))?.deletedAt).toBeNull()
  const before = other.query(messageCountOf$(there))
  expect(before).toBeGreaterThan(0)
  expect(before).toBeLessThan(messages)

  expect(await give({ onProgress })).toBeUndefined()
  expect(other.query(messageCountOf$(there))).toBe(messages)
  expect(other.query(attachmentsOf$(there))).toHaveLength(1)
  expect(copied).toEqual(['f1'])
  expect(told.filter((name) => name === 'v1.ConversationsReceived')).toHaveLength(1)
  expect(told.length).toBeLessThan(12)
  expect(told.at(-1)).toBe('v1.ConversationsTransferred')
  expect(seen.at(-1)).toEqual([messages, messages])
  expect(here.query(conversationTransferOf$('c1'))).toMatchObject({ toPersonaId: 'p2', transferId: 't1' })

  const facts = told.length
  expect(await give()).toBeUndefined()
  expect(told).toHaveLength(facts)
  expect(other.query(conversationById$(there))?.deletedAt).toBeNull()
  commit(here, restoreConversations('p1', ['c1'], 'b1', stamp))
  expect(here.query(conversationTransferOf$('c1'))).toBeNull()
})

test('[CH61] while an answer is under way nothing is moved; one that begins meanwhile leaves the conversation here', async () => {
  const { here, other, give, told } = await setting()
  const asked = queueTask(ids, { taskId: 'a1', questionId: 'm0', purpose: 'reply', wantedModel: '' }, stamp)
  const room = async () => {
    if (told.length === 3) commit(here, asked)
  }
  expect(await give({ room })).toBeInstanceOf(AnswerUnderWay)
  expect(here.query(conversationById$('c1'))?.deletedAt).toBeNull()
  expect(other.query(conversationCounts$)).toEqual({ open: 0, archived: 0, deleted: 1 })
  const facts = told.length
  expect(await give()).toBeInstanceOf(AnswerUnderWay)
  expect(told).toHaveLength(facts)
})

test('[CH66] a move that was cut short and may not go on takes back what had come there', async () => {
  const { here, other, give, told } = await setting()
  const room = () => (told.length > 2 ? Promise.reject(new Error('The tab is gone.')) : Promise.resolve())
  await expect(give({ room })).rejects.toThrow('The tab is gone.')
  expect(other.query(conversationCounts$)).toEqual({ open: 1, archived: 0, deleted: 0 })
  commit(here, deleteConversations('p1', ['c1'], 'b1', stamp))
  expect(await give()).toBeInstanceOf(ConversationInTrash)
  expect(other.query(conversationCounts$)).toEqual({ open: 0, archived: 0, deleted: 1 })
})

test('[CH62] a file whose bytes cannot be had is named before anything is moved', async () => {
  const { give, told } = await setting()
  const refusal = await give({ fetchFile: async () => new Error('The server cannot be reached.') })
  expect(refusal?.message).toMatch(
    /^“cat\.png” is not on this device: The server cannot be reached\. Nothing was moved\./,
  )
  expect(told).toEqual([])
})

test('[CH63] a move that is stopped leaves the conversation here as it was, and what came there in the trash', async () => {
  const { here, other, give, told } = await setting()
  let isStopped = false
  const room = async () => {
    isStopped = told.length === 4
    if (isStopped) throw new DOMException('Stopped', 'AbortError')
  }
  expect((await give({ room, isStopped: () => isStopped }))?.message).toMatch(/^Stopped\./)
  expect(here.query(conversationById$('c1'))?.deletedAt).toBeNull()
  expect(other.query(conversationCounts$)).toEqual({ open: 0, archived: 0, deleted: 1 })
})

test('[CH65] each transfer under way is noted by itself on the device, and one of an earlier version is found', () => {
  const memories = { transferId: 't1', toPersonaId: 'p2', memoryIds: ['m1'] }
  const conversation = { transferId: 't2', toPersonaId: 'p2', conversationId: 'c1' }
  localStorage.setItem('pjai.transfer.p1', JSON.stringify(memories))
  oweTransfer('p1', conversation)
  oweTransfer('p10', { ...conversation, transferId: 't3' })
  expect(owedTransfers('p1')).toEqual([memories, conversation])
  forgiveTransfer('p1', memories)
  expect([isOwed('p1', memories), isOwed('p1', conversation)]).toEqual([false, true])
  forgiveTransfer('p1', conversation)
  expect([owedTransfers('p1').length, owedTransfers('p10').length]).toEqual([0, 1])
})
