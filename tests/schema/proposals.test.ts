import { expect, test } from 'vitest'
import { startConversation } from '#schema/conversations/commands.ts'
import { sendMessage } from '#schema/conversations/message-commands.ts'
import { addMemory, eraseMemories, forgetMemories } from '#schema/memories/commands.ts'
import { memoryBody$, memoryById$, memoryCount$ } from '#schema/memories/queries.ts'
import { giveConsent, revisePrivacy } from '#schema/personas/privacy-commands.ts'
import { consents$, privacy$ } from '#schema/personas/privacy-queries.ts'
import { ProposalsDecided, proposeMemories, rejectProposals, reopenProposals } from '#schema/proposals/commands.ts'
import { openProposalCount$, openProposals$, proposalsWithout$, proposedAmong$ } from '#schema/proposals/queries.ts'
import { acceptAsMemories, draftOf } from '#schema/stores/accept-proposals.ts'
import { proposalsIn } from '#schema/stores/built-in-proposals.ts'
import { eraseWithProposals } from '#schema/stores/erase-conversations.ts'
import { proposeFrom } from '#schema/stores/propose-memories.ts'
import { commit, personaStoreWith } from '#tests/support/stores.ts'

const at = new Date('2026-03-01T10:00:00Z')
const stamp = { at, actorId: 'ada', deviceId: 'laptop' }
const conversation = { personaId: 'p', conversationId: 'c' }

const said = (text: string, role: 'user' | 'assistant' = 'user', messageId = text) => ({
  messageId,
  conversationId: 'c',
  role,
  parts: [{ type: 'text' as const, text }],
  sentAt: at,
})

const textsIn = (...texts: readonly string[]) => proposalsIn(texts.map((text) => said(text))).map((p) => p.content)

test('[PP1] what a person says of himself is proposed as he said it, with the message it stands in and why', () => {
  const found = proposalsIn([said('Hello! My name is Ada Lovelace. What is the weather?', 'user', 'm1')])
  expect(found).toMatchObject([
    { content: 'My name is Ada Lovelace.', kind: 'fact', sourceMessageIds: ['m1'], occurredAt: at },
  ])
  expect(found[0]?.why).toBe('You said it of yourself.')
  expect(textsIn('I really like jam on toast.', 'Please remember that I leave on Friday.')).toHaveLength(2)
})

test('[PP2] questions, code, asides and what the persona says are not proposed', () => {
  expect(
    textsIn('Do I like jam?', 'I like?', '```\nmy name is x and y\n```', 'The sky is blue today.', 'I am a'),
  ).toEqual([])
  expect(proposalsIn([said('I live in a machine, I think.', 'assistant')])).toEqual([])
})

test('[PP3] the same sentence of a conversation is one proposal, however often it is said and found', async () => {
  const found = proposalsIn([said('I live in Ghent now.', 'user', 'm1'), said('i live in ghent now.', 'user', 'm2')])
  expect(found).toHaveLength(1)
  const store = await personaStoreWith(proposeMemories(conversation, 'built-in', found, stamp))
  commit(store, rejectProposals(store.query(openProposals$()), 'b', stamp))
  commit(store, proposeMemories(conversation, 'built-in', found, stamp))
  expect(store.query(openProposalCount$())).toBe(0)
  expect(store.query(proposedAmong$(found.map((p) => p.memoryId)))).toHaveLength(1)
  expect(proposeMemories(conversation, 'built-in', [], stamp)).toEqual([])
})

const twoProposed = async () => {
  const found = proposalsIn([said('I live in Ghent now.', 'user', 'm1'), said('I like plum jam.', 'user', 'm2')])
  return personaStoreWith(proposeMemories(conversation, 'built-in', found, stamp))
}

test('[PP4] an accepted proposal is a memory that leads to its message, edited or as it was; a decision is made once', async () => {
  const store = await twoProposed()
  const proposals = store.query(openProposals$('c'))
  const acceptances = proposals.map((proposal) => ({ proposal, draft: draftOf(proposal), memory: null }))
  const [edited, asItWas] = acceptances
  const drafts = [{ ...edited!, draft: { ...edited!.draft, content: 'Lives in Ghent.' } }, asItWas!]
  commit(store, acceptAsMemories(drafts, 'person', 'b', stamp))
  expect(store.query(memoryBody$(edited!.proposal.memoryId))).toMatchObject({
    content: 'Lives in Ghent.',
    sourceEventIds: edited!.proposal.sourceMessageIds,
  })
  expect(store.query(openProposals$('c'))).toEqual([])
  const decided = proposals.map((proposal) => ({ ...proposal, decision: 'accepted' as const }))
  expect(rejectProposals(decided, 'b', stamp)).toBeInstanceOf(ProposalsDecided)
  const empty = { ...edited!, draft: { ...edited!.draft, content: ' ' } }
  expect(acceptAsMemories([empty], 'person', 'b', stamp)).toMatchObject({ _tag: 'MemoryEmpty' })
})

test('[PP5] a decision that is taken back leaves no memory, and can be made again', async () => {
  const store = await twoProposed()
  const [proposal] = store.query(openProposals$())
  const accept = (draft = draftOf(proposal!)) => {
    const memory = textOf(store, proposal!.memoryId)
    return acceptAsMemories([{ proposal: proposal!, draft, memory }], 'person', 'b', stamp)
  }
  commit(store, accept())
  const ids = [proposal!.memoryId]
  commit(store, forgetMemories('p', ids, 'b2', stamp), reopenProposals('p', ids, 'b2', stamp))
  expect([store.query(memoryCount$({})), store.query(openProposalCount$())]).toEqual([0, 2])
  commit(store, accept({ ...draftOf(proposal!), content: 'Said otherwise.' }))
  expect(textOf(store, proposal!.memoryId)).toMatchObject({ content: 'Said otherwise.', forgottenAt: null })
})

const textOf = (store: Awaited<ReturnType<typeof twoProposed>>, memoryId: string) => {
  const [memory, body] = [store.query(memoryById$(memoryId)), store.query(memoryBody$(memoryId))]
  return memory === null || body === null ? null : { ...memory, content: body.content, tags: [] }
}

test('[PP6] an erased memory takes along what it was proposed as, and is not proposed again', async () => {
  const store = await twoProposed()
  const [proposal] = store.query(openProposals$())
  const { memoryId } = proposal!
  commit(store, addMemory('p', memoryId, draftOf(proposal!), stamp))
  commit(store, eraseMemories('p', [{ memoryId, forgottenAt: at }], 'e', stamp))
  commit(store, proposeMemories(conversation, 'built-in', [{ ...proposal!, memoryId }], stamp))
  expect(store.query(proposedAmong$([memoryId]))).toEqual([])
})

test('[PP9] what was proposed of a conversation and became no memory is erased with it', async () => {
  const store = await twoProposed()
  const [kept] = store.query(openProposals$())
  commit(store, acceptAsMemories([{ proposal: kept!, draft: draftOf(kept!), memory: null }], 'person', 'b', stamp))
  const ids = store.query(proposalsWithout$(['c']))
  expect(ids).toHaveLength(1)
  commit(store, eraseWithProposals('p', [{ conversationId: 'c', deletedAt: at }], ids, ['e1', 'e2'], stamp))
  expect(store.query(proposalsWithout$(['c']))).toEqual([])
  expect(store.query(memoryCount$({}))).toBe(1)
})

test('[PP7] by the persona’s policy what was said is proposed, kept, or left alone, once', async () => {
  const said = sendMessage(conversation, { ...message, messageId: 'm1', parentMessageId: null }, stamp)
  const store = await personaStoreWith(startConversation('p', 'c', {}, stamp), said)
  const policy = (proposals: 'ask' | 'never' | 'alone') =>
    commit(store, revisePrivacy('p', store.query(privacy$), { ...store.query(privacy$), proposals }, stamp))
  const look = () => commit(store, proposeFrom(store, conversation, 'b', stamp))
  const counts = () => [store.query(openProposalCount$()), store.query(memoryCount$({}))]

  policy('never')
  look()
  expect(counts()).toEqual([0, 0])
  policy('ask')
  look()
  look()
  expect(counts()).toEqual([1, 0])
  const next = { ...message, parts: [{ type: 'text' as const, text: 'I live in Ghent now.' }] }
  commit(store, sendMessage(conversation, { ...next, messageId: 'm2', parentMessageId: 'm1' }, stamp))
  policy('alone') // without consent it asks
  look()
  expect(counts()).toEqual([2, 0])
  commit(store, rejectProposals(store.query(openProposals$()), 'b', stamp))
  commit(store, giveConsent(store.query(consents$), 'k', { personaId: 'p', purpose: 'proposals' }, stamp))
  const last = { ...message, parts: [{ type: 'text' as const, text: 'My sister is called Mona.' }] }
  commit(store, sendMessage(conversation, { ...last, messageId: 'm3', parentMessageId: 'm2' }, stamp))
  look()
  look()
  expect(counts()).toEqual([0, 1])
})

const message = { role: 'user' as const, parts: [{ type: 'text' as const, text: 'I really like plum jam.' }] }
