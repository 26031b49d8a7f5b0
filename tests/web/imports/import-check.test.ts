import { expect, test } from 'vitest'
import { mergePersonas } from '#schema/imports/merge-plans.ts'
import type { PlannedPersona } from '#schema/imports/plan.ts'
import { blankDraft } from '#schema/personas/templates.ts'
import {
  broughtCountsQuery,
  foundRow,
  importedRowsQuery,
  knownIdsQuery,
  plannedRows,
  proofOf,
  type RowKind,
} from '#schema/stores/import-check.ts'
import { importEvents, nothingKnown, withdrawEvents } from '#schema/stores/import-events.ts'
import { personaStoreWith } from '#tests/support/stores.ts'

const at = new Date('2026-03-01T10:00:00Z')
const stamp = { at, actorId: 'someone', deviceId: 'here' }

const persona: PlannedPersona = {
  personaId: 'ada',
  draft: { ...blankDraft, name: 'Ada' },
  origin: { format: 'chatgpt', sourceId: 'chatgpt' },
  conversations: [
    {
      conversationId: 'c1',
      title: 'Engines',
      tags: [],
      startedAt: at,
      archivedAt: null,
      favourite: false,
      currentMessageId: 'm2',
    },
  ],
  messages: [message('m1', 'How does it work?'), message('m2', 'With cards 🂡.')],
  memories: [
    {
      memoryId: 'k1',
      content: 'Likes cards',
      importance: 0.5,
      kind: 'fact',
      tags: ['x'],
      sourceEventIds: [],
      occurredAt: at,
    },
  ],
}

function message(messageId: string, text: string): PlannedPersona['messages'][number] {
  return {
    messageId,
    conversationId: 'c1',
    parentMessageId: null,
    role: 'user',
    parts: [{ type: 'text', text }],
    sentAt: at,
  }
}

const ids: readonly (readonly [RowKind, readonly string[]])[] = [
  ['conversation', ['c1', 'nowhere']],
  ['message', ['m1', 'm2', 'nowhere']],
  ['memory', ['k1', 'nowhere']],
]

const imported = () => personaStoreWith(...importEvents(persona, 'import1', stamp))
const foundIn = (store: Awaited<ReturnType<typeof imported>>) =>
  ids.flatMap(([kind, all]) => store.query(importedRowsQuery(kind, all)).map((row) => foundRow(kind, row)))

test('[IW3] what an import brought reads as in the file: same ids, same places, same texts', async () => {
  const store = await imported()
  const proof = proofOf(plannedRows(persona, nothingKnown), foundIn(store))
  expect(proof).toMatchObject({ rows: 4, differences: [] })
  expect(proof.found).toBe(proof.planned)
  expect(store.query(broughtCountsQuery('import1'))).toEqual([{ conversations: 1, messages: 2, memories: 1 }])
})

test('[IW4] a proof names the conversation in which something is missing or reads differently', async () => {
  const found = foundIn(await imported())
  const proof = proofOf(
    plannedRows(persona, nothingKnown),
    found.filter(({ id }) => id !== 'm1').map((row) => (row.id === 'm2' ? { ...row, text: 'With caards' } : row)),
  )
  expect(proof.found).not.toBe(proof.planned)
  expect(proof.differences).toEqual([{ where: 'Engines', reason: '1 of 2 are missing, 1 read differently.' }])
})

test('[IW5] what is here already is found by its ids, and nothing of an import is left after its undo', async () => {
  const store = await imported()
  const known = () => ids.flatMap(([kind, all]) => store.query(knownIdsQuery(kind, all)).map(({ id }) => id))
  expect(known()).toEqual(['c1', 'm1', 'm2', 'k1'])
  store.commit(...withdrawEvents('ada', 'import1', stamp))
  expect(known()).toEqual([])
})

test('[IW6] what several files bring for one persona comes together, each thing once', () => {
  const plan = { format: 'chatgpt', rejected: [], notes: [] } as const
  const other = { ...persona, messages: [message('m2', 'Otherwise'), message('m3', 'More')] }
  const merged = mergePersonas([
    { ...plan, personas: [persona] },
    { ...plan, personas: [other, { ...persona, personaId: 'boris' }] },
  ])
  expect(merged.map(({ personaId }) => personaId)).toEqual(['ada', 'boris'])
  expect(merged[0]?.messages.map(({ messageId }) => messageId).toSorted()).toEqual(['m1', 'm2', 'm3'])
  expect(merged[0]?.messages.find(({ messageId }) => messageId === 'm2')).toEqual(persona.messages[1])
})
