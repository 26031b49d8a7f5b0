import { expect, test } from 'vitest'
import { planImport } from '#schema/imports/plan-import.ts'
import { createPersona } from '#schema/personas/commands.ts'
import { defaultPrivacy } from '#schema/personas/privacy.ts'
import { giveConsent, revisePrivacy } from '#schema/personas/privacy-commands.ts'
import { consents$, privacy$ } from '#schema/personas/privacy-queries.ts'
import { persona$ } from '#schema/personas/queries.ts'
import { personaTemplates } from '#schema/personas/templates.ts'
import { importEvents } from '#schema/stores/import-events.ts'
import { personaFile, wholePersonaQueries } from '#schema/stores/persona-export.ts'
import { sampleWorkspace } from '#schema/stores/sample-workspace.ts'
import { personaStoreWith } from '#tests/support/stores.ts'

const now = new Date('2026-03-01T12:00:00Z')
const stamp = { at: now, actorId: 'a', deviceId: 'd' }

test('[PE44] a persona’s file is read again as the persona it was, with all it said and remembers', async () => {
  const sample = sampleWorkspace({ workspaceId: 'w', now, actorId: 'a', deviceId: 'd', cell: 'c1' }).personas[0]!
  const store = await personaStoreWith(sample.events)
  const whole = {
    memories: store.query(wholePersonaQueries.memories),
    conversations: store.query(wholePersonaQueries.conversations),
    messages: store.query(wholePersonaQueries.messages),
    privacy: store.query(wholePersonaQueries.privacy),
  }
  const persona = store.query(persona$)!
  const file = new TextEncoder().encode(personaFile(persona, whole))
  const plan = planImport(file, 'ada.pjai.json', { workspaceId: 'other', now })
  if (plan instanceof Error) throw plan
  const [read] = plan.personas
  expect(plan.rejected).toEqual([])
  expect(read?.draft).toMatchObject({ name: persona.name, traits: persona.traits, systemPrompt: persona.systemPrompt })
  const contentOf = ({ content, tags }: { readonly content: string; readonly tags: readonly string[] }) =>
    JSON.stringify([content, tags])
  expect(read?.memories.map(contentOf).toSorted()).toEqual(whole.memories.map(contentOf).toSorted())
  expect(read?.messages.map(({ parts, sentAt }) => [parts, sentAt])).toEqual(
    whole.messages.map(({ parts, sentAt }) => [parts, sentAt]),
  )
  expect(read?.conversations.map(({ title }) => title)).toEqual(whole.conversations.map(({ title }) => title))
  expect(whole.memories.length).toBeGreaterThan(20)
})

test('[CN22] the privacy settings travel with the file of a persona, and what was agreed to never does', async () => {
  const privacy = {
    leaves: 'local',
    memoriesInPrompts: false,
    proposals: 'alone',
    lookedThroughBy: 'built-in',
  } as const
  const store = await personaStoreWith(
    createPersona('p1', { ...personaTemplates[0]!, name: 'Ada' }, stamp),
    revisePrivacy('p1', defaultPrivacy, privacy, stamp),
    giveConsent([], 'k1', { personaId: 'p1', purpose: 'models' }, stamp),
  )
  const whole = { memories: [], conversations: [], messages: [], privacy: store.query(wholePersonaQueries.privacy) }
  const file = personaFile(store.query(persona$)!, whole)
  expect(file).not.toMatch(/consent/i)
  const planOf = (text: string) => {
    const plan = planImport(new TextEncoder().encode(text), 'ada.pjai.json', { workspaceId: 'other', now })
    if (plan instanceof Error) throw plan
    return plan.personas[0]!
  }
  const copy = await personaStoreWith([...importEvents(planOf(file), 'i', stamp)])
  expect(copy.query(privacy$)).toEqual(privacy)
  expect(copy.query(consents$)).toEqual([])

  // A file from before has none; one that somebody spoilt opens nothing.
  const { privacy: _, ...older } = JSON.parse(file)
  expect(planOf(JSON.stringify(older)).privacy).toBeUndefined()
  expect(planOf(JSON.stringify({ ...older, privacy: { leaves: 'all' } })).privacy).toMatchObject({ leaves: 'nothing' })
})

test.each(personaTemplates)('[PE45] the template $name is a persona as it stands', ({ purpose, ...draft }) => {
  expect(createPersona('p1', draft, stamp)).not.toBeInstanceOf(Error)
  expect(purpose.length).toBeLessThan(60)
})
