import { countsOfPlan, type ImportPlan, type PlannedPersona } from '#schema/imports/plan.ts'
import { persona$ } from '#schema/personas/queries.ts'
import { erasedAmongQuery } from '#schema/shared/erasures.ts'
import type { Stamp } from '#schema/shared/stamp.ts'
import { knownIdsQuery, type RowKind } from '#schema/stores/import-check.ts'
import { importDifference, importEvents, type KnownIds } from '#schema/stores/import-events.ts'
import { personaSchema, personaStoreEvents } from '#schema/stores/persona-store.ts'
import { summaryActivity$, summaryCounts$, summaryUsage$ } from '#schema/stores/summary.ts'
import { workspaceSchema, workspaceStoreEvents } from '#schema/stores/workspace-store.ts'
import { finishImport, listPersona, relistPersona, startImport, summarizePersona } from '#schema/workspace/commands.ts'
import { firstCell } from '#schema/workspace/placement.ts'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { storeNameOf } from './arguments.ts'
import { deviceOf } from './device.ts'
import { addFacts, shadowStore } from './shadow-store.ts'
import { type Fact, type Remote, remoteLog } from './sync-client.ts'

/**
 * Brings a plan into a workspace of a server, as the page does:
 *
 *   start the import ─► for each persona: list it ─► its facts ─► its summary ─► finish the import
 *
 * Cut short anywhere, the same command brings what is missing.
 */
export const bringIn = async (
  remote: Remote,
  workspaceId: string,
  fileName: string,
  plan: ImportPlan,
  say: (line: string) => void,
) => {
  const device = deviceOf(workspaceId, remote.deviceId)
  const log = remoteLog(remote, storeNameOf('workspace', workspaceId), workspaceStoreEvents)
  const directory = await shadowStore(workspaceSchema, workspaceStoreEvents, await log.read())
  const write = async (...facts: readonly Fact[]) => {
    await log.append(facts)
    addFacts(directory, facts)
  }

  const importId = device.newId()
  const personaIds = plan.personas.map(({ personaId }) => personaId)
  const createdPersonaIds = personaIds.filter((personaId) => directory.query(directoryEntry$(personaId)) === null)
  await write(startImport({ importId, format: plan.format, fileName, personaIds, createdPersonaIds }, device.stamp()))
  const added = { conversations: 0, messages: 0, memories: 0 }
  for (const persona of plan.personas) {
    const entry = directory.query(directoryEntry$(persona.personaId))
    if (entry === null)
      await write(...listPersona({ ...persona.draft, personaId: persona.personaId }, firstCell, device.stamp()))
    else if (entry.unlistedAt !== null) await write(relistPersona(persona.personaId, device.stamp()))
    const { difference, summary } = await bringPersona(remote, persona, importId, device.stamp())
    if (summary !== undefined) await write(summarizePersona(summary, device.stamp()))
    for (const kind of ['conversations', 'messages', 'memories'] as const) added[kind] += difference.added[kind]
    const { alreadyHere } = difference
    say(
      `${persona.draft.name}: added ${inWords(difference.added)}; already here ${inWords(alreadyHere)} (${persona.personaId})`,
    )
  }
  const { personas, rejected } = countsOfPlan(plan)
  await write(finishImport(importId, { ...added, personas, rejected }, device.stamp()))
  await directory.shutdownPromise()
}

const bringPersona = async (remote: Remote, persona: PlannedPersona, importId: string, stamp: Stamp) => {
  const { personaId } = persona
  const log = remoteLog(remote, storeNameOf('persona', personaId), personaStoreEvents)
  const before = await log.read()
  const store = await shadowStore(personaSchema, personaStoreEvents, before)
  const has = (kind: RowKind, ids: readonly string[]) =>
    new Set(store.query(knownIdsQuery(kind, ids)).map(({ id }) => id))
  const conversationIds = persona.conversations.map(({ conversationId }) => conversationId)
  const memoryIds = persona.memories.map(({ memoryId }) => memoryId)
  const erased = (ids: readonly string[]) => store.query(erasedAmongQuery(ids)).map(({ id }) => id)
  const erasedConversations = new Set(erased(persona.messages.map(({ conversationId }) => conversationId)))
  const known: KnownIds = {
    persona: store.query(persona$) !== null,
    conversationIds: new Set([...has('conversation', conversationIds), ...erased(conversationIds)]),
    messageIds: new Set([
      ...has(
        'message',
        persona.messages.map(({ messageId }) => messageId),
      ),
      ...persona.messages
        .filter(({ conversationId }) => erasedConversations.has(conversationId))
        .map(({ messageId }) => messageId),
    ]),
    memoryIds: new Set([...has('memory', memoryIds), ...erased(memoryIds)]),
  }
  const facts = [...importEvents(persona, importId, stamp, known)]
  await log.append(facts)
  addFacts(store, facts)
  const current = store.query(persona$)
  const summary =
    current === null || facts.length === 0
      ? undefined
      : {
          personaId,
          head: before.length + facts.length,
          name: current.name,
          hue: current.hue,
          avatar: current.avatar,
          archivedAt: current.archivedAt,
          ...store.query(summaryCounts$),
          activity: store.query(summaryActivity$),
          usage: store.query(summaryUsage$),
        }
  await store.shutdownPromise()
  return { difference: importDifference(persona, known), summary }
}

const inWords = ({
  conversations,
  messages,
  memories,
}: {
  conversations: number
  messages: number
  memories: number
}) => `${conversations} conversations, ${messages} messages, ${memories} memories`
