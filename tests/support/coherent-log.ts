import { FastCheck as fc } from 'effect'
import { attachmentEvents } from '#schema/attachments/events.ts'
import { defaultSettings } from '#schema/conversations/defaults.ts'
import { conversationEvents, type ImportedConversation, type ImportedMessage } from '#schema/conversations/events.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { personaEvents } from '#schema/personas/events.ts'
import { proposalEvents } from '#schema/proposals/events.ts'
import { noteStep, queueTask } from '#schema/tasks/commands.ts'
import type { StepFact } from '#schema/tasks/events.ts'
import type { Fact } from './stores.ts'

/** A log as commands write it: nothing is changed before it is made. `prefix` keeps the ids of two devices apart. */
export const coherentLog = (prefix: string): fc.Arbitrary<readonly Fact[]> =>
  fc
    .array(fc.tuple(fc.nat(acts.length + 5), fc.nat(30), fc.nat(30)), { minLength: 20, maxLength: 60 })
    .map((choices) => {
      const here: string[] = []
      return choices.flatMap(([choice, i, j], step) => {
        const fresh = `${prefix}${step}`
        const [one, other] = [here[i % here.length] ?? fresh, here[j % here.length] ?? fresh]
        // An act on what is not here makes it first: a memory, a message and a conversation of one id.
        const makes = one === fresh || choice >= acts.length
        if (makes) here.push(fresh)
        if (makes) return choice % 2 === 0 ? madeAt(fresh, step) : importedAt(fresh, step)
        if (choice === 0) here.splice(here.indexOf(one), 1)
        return acts[choice]?.({ fresh, one, other }, step) ?? []
      })
    })

interface Ids {
  /** Made at this step, and used by no other. */
  readonly fresh: string
  /** Made at earlier steps, and not withdrawn. */
  readonly one: string
  readonly other: string
}

const personaId = 'p'
const by = { actorId: 'ada', deviceId: 'laptop' }
const timeAt = (step: number) => new Date(Date.UTC(2026, 2, 1, 0, step))
const text = (value: string) => [{ type: 'text' as const, text: value }]

const acts: readonly ((ids: Ids, step: number) => readonly Fact[])[] = [
  ({ one }, step) => [
    memoryEvents.memoriesImportWithdrawn({ personaId, importId: one, withdrawnAt: timeAt(step), ...by }),
    conversationEvents.conversationsImportWithdrawn({ personaId, importId: one, withdrawnAt: timeAt(step), ...by }),
  ],
  ({ one }, step) => [
    memoryEvents.memoryImportanceRevised({
      memoryId: one,
      personaId,
      importance: step / 100,
      revisedAt: timeAt(step),
      ...by,
    }),
  ],
  ({ one }, step) => [
    memoryEvents.memoriesForgotten({ personaId, memoryIds: [one], batchId: 'b', forgottenAt: timeAt(step), ...by }),
  ],
  ({ one, other }, step) => [
    memoryEvents.memoriesRestored({
      personaId,
      memoryIds: [one, other],
      batchId: 'b',
      restoredAt: timeAt(step),
      ...by,
    }),
  ],
  ({ one, other }, step) => [
    memoryEvents.memoryMerged({ memoryId: one, personaId, intoMemoryId: other, mergedAt: timeAt(step), ...by }),
  ],
  ({ one, other, fresh }, step) => [
    memoryEvents.memoriesLinked({
      linkId: fresh,
      personaId,
      fromMemoryId: one,
      toMemoryId: other,
      relation: 'about',
      linkedAt: timeAt(step),
      ...by,
    }),
    memoryEvents.memoryReinforced({
      reinforcementId: fresh,
      memoryId: one,
      personaId,
      reinforcedAt: timeAt(step),
      ...by,
    }),
  ],
  ({ one, other, fresh }, step) => [
    conversationEvents.messageSent({
      messageId: `${fresh}reply`,
      conversationId: one,
      personaId,
      parentMessageId: other,
      role: 'assistant',
      parts: text(fresh),
      answer: { model: '', recalledMemoryIds: [one, other], recalledMessageIds: [] },
      sentAt: timeAt(step),
      ...by,
    }),
  ],
  ({ one, fresh }, step) => [
    conversationEvents.messageEdited({
      editId: fresh,
      messageId: one,
      conversationId: one,
      personaId,
      parts: text(`edit ${step}`),
      editedAt: timeAt(step),
      ...by,
    }),
  ],
  ({ one, fresh }, step) => [
    proposalEvents.memoriesProposed({
      personaId,
      conversationId: one,
      proposedBy: 'built-in',
      proposals: [fresh, one].map((memoryId) => ({ ...proposalAt(memoryId, step), sourceMessageIds: [one] })),
      proposedAt: timeAt(step),
      ...by,
    }),
    proposalEvents.proposalsAccepted({
      personaId,
      memoryIds: [fresh],
      batchId: 'b',
      by: 'person',
      acceptedAt: timeAt(step),
      ...by,
    }),
  ],
  ({ one, fresh }, step) => {
    const task = { taskId: fresh, conversationId: one, personaId }
    const stamp = { at: timeAt(step), ...by }
    return [
      queueTask(task, { taskId: fresh, questionId: one, purpose: 'reply', wantedModel: '' }, stamp),
      noteStep(task, { kind: 'claimed' }, stamp),
      noteStep(task, { kind: 'routed', hop: 0, accountId: 'a', model: 'm', reason: '', candidates: [] }, stamp),
      noteStep(task, { kind: 'prompted', hop: 0, systemHash: '', messageIds: [one], given: [], shares: [] }, stamp),
      noteStep(task, endings[step % endings.length] ?? { kind: 'cancelled' }, stamp),
    ]
  },
  ({ one }, step) => [
    conversationEvents.branchChosen({ messageId: one, conversationId: one, personaId, chosenAt: timeAt(step), ...by }),
  ],
  ({ one, other }, step) => [
    conversationEvents.messagesDeleted({
      conversationId: one,
      personaId,
      messageIds: [one],
      batchId: 'b',
      deletedAt: timeAt(step),
      ...by,
    }),
    conversationEvents.conversationsArchived({
      personaId,
      conversationIds: [other],
      batchId: 'b',
      archivedAt: timeAt(step),
      ...by,
    }),
  ],
  ({ one, fresh }, step) => [
    personaEvents.privacyRevised({
      personaId,
      leaves: 'local',
      lookedThroughBy: 'nobody',
      revisedAt: timeAt(step),
      ...by,
    }),
    personaEvents.consentWithdrawn({ consentId: one, personaId, withdrawnAt: timeAt(step), ...by }),
    personaEvents.consentGiven({
      consentId: fresh,
      personaId,
      purpose: 'models',
      version: 1,
      givenAt: timeAt(step),
      ...by,
    }),
    personaEvents.consentWithdrawn({ consentId: fresh, personaId, withdrawnAt: timeAt(step), ...by }),
  ],
  ({ one }, step) => [
    fileAdded(one, step),
    attachmentEvents.attachmentUploaded({
      attachmentId: `${one}file`,
      conversationId: one,
      personaId,
      keyId: 'k',
      uploadedAt: timeAt(step),
      ...by,
    }),
    attachmentEvents.attachmentLinkMade({ ...linkOf(one), token: 't', linkKey: 'k', madeAt: timeAt(step), ...by }),
  ],
  ({ one }, step) => [
    fileAdded(one, step),
    attachmentEvents.attachmentLinkEnded({ ...linkOf(one), endedAt: timeAt(step), ...by }),
  ],
  ({ one, other }, step) => [
    fileAdded(one, step),
    fileAdded(other, step),
    attachmentEvents.attachmentsDeleted({
      personaId,
      attachmentIds: [`${one}file`, `${other}file`],
      batchId: 'b',
      deletedAt: timeAt(step),
      ...by,
    }),
    attachmentEvents.attachmentsDiscarded({
      personaId,
      attachmentIds: [`${other}file`],
      discardedAt: timeAt(step),
      ...by,
    }),
  ],
]

const linkOf = (conversationId: string) => ({
  attachmentId: `${conversationId}file`,
  conversationId,
  personaId,
  linkId: `${conversationId}link`,
})

const fileAdded = (conversationId: string, step: number) =>
  attachmentEvents.attachmentAdded({
    attachmentId: `${conversationId}file`,
    conversationId,
    personaId,
    name: `file ${conversationId}.txt`,
    mediaType: 'text/plain',
    bytes: 12,
    sha256: conversationId,
    chunkBytes: 4_194_304,
    addedAt: timeAt(step),
    ...by,
  })

const memoryAt = (id: string, step: number) => ({
  memoryId: id,
  content: `memory ${id}`,
  importance: 0.5,
  kind: 'fact',
  tags: ['tag'],
  sourceEventIds: [id],
  occurredAt: timeAt(step),
})

const proposalAt = (id: string, step: number) => ({
  memoryId: id,
  content: `memory ${id}`,
  importance: 0.5,
  kind: 'fact',
  tags: [],
  occurredAt: timeAt(step),
  why: 'said',
})

const conversationAt = (id: string, step: number) => ({
  conversationId: id,
  title: `conversation ${id}`,
  settings: defaultSettings,
  tags: [],
  startedAt: timeAt(step),
})

const messageAt = (id: string, step: number) => ({
  messageId: id,
  conversationId: id,
  parentMessageId: null,
  role: 'user' as const,
  parts: text(`message ${id}`),
  sentAt: timeAt(step),
})

const madeAt = (id: string, step: number): readonly Fact[] => [
  memoryEvents.memoryAdded({ ...memoryAt(id, step), personaId, addedAt: timeAt(step), ...by }),
  conversationEvents.conversationStarted({ ...conversationAt(id, step), personaId, ...by }),
  conversationEvents.messageSent({ ...messageAt(id, step), personaId, ...by }),
]

const importedAt = (id: string, step: number): readonly Fact[] => {
  const imported = { personaId, importId: id, importedAt: timeAt(step), ...by }
  const conversation: ImportedConversation = {
    ...conversationAt(id, step),
    archivedAt: null,
    favourite: true,
    currentMessageId: id,
  }
  const message: ImportedMessage = messageAt(id, step)
  return [
    memoryEvents.memoriesImported({ ...imported, memories: [memoryAt(id, step)] }),
    conversationEvents.conversationsImported({ ...imported, conversations: [conversation] }),
    conversationEvents.messagesImported({ ...imported, messages: [message] }),
  ]
}

const endings: readonly StepFact[] = [
  { kind: 'cancelled' },
  { kind: 'failed', code: 'server', detail: '' },
  { kind: 'succeeded', messageId: 'none', processingTime: 1, looked: { proposed: 0, dropped: [] } },
]
