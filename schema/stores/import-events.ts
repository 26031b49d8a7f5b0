import { defaultSettings } from '#schema/conversations/defaults.ts'
import { conversationEvents, type ImportedConversation, type ImportedMessage } from '#schema/conversations/events.ts'
import type { PlannedPersona } from '#schema/imports/plan.ts'
import { type ImportedMemory, memoryEvents } from '#schema/memories/events.ts'
import { createPersona } from '#schema/personas/commands.ts'
import { defaultPrivacy } from '#schema/personas/privacy.ts'
import { revisePrivacy } from '#schema/personas/privacy-commands.ts'
import { inParts } from '#schema/shared/in-parts.ts'
import { type Stamp, signature } from '#schema/shared/stamp.ts'

/** What the persona's store holds already. */
export interface KnownIds {
  readonly persona: boolean
  readonly conversationIds: ReadonlySet<string>
  readonly messageIds: ReadonlySet<string>
  readonly memoryIds: ReadonlySet<string>
}

export const nothingKnown: KnownIds = {
  persona: false,
  conversationIds: new Set(),
  messageIds: new Set(),
  memoryIds: new Set(),
}

/**
 * The facts that bring a planned persona into its store: few and coarse, each less than 100 kB of JSON (a larger message
 * stands alone in one), conversations before their messages, messages before their answers. What is known is left out.
 */
export function* importEvents(persona: PlannedPersona, importId: string, stamp: Stamp, known: KnownIds = nothingKnown) {
  const { personaId } = persona
  const { conversations, messages, memories } = newIn(persona, known)
  const imported = { personaId, importId, importedAt: stamp.at, ...signature(stamp) }
  if (!known.persona) {
    const created = createPersona(personaId, persona.draft, stamp, persona.origin)
    if (created instanceof Error) throw created // a plan only holds drafts that the rules of personas accept
    yield created
    if (persona.privacy !== undefined) yield* revisePrivacy(personaId, defaultPrivacy, persona.privacy, stamp)
  }
  for (const rows of inParts<ImportedConversation>(conversations)) {
    yield conversationEvents.conversationsImported({ ...imported, conversations: rows })
  }
  for (const rows of inParts<ImportedMessage>(messages)) {
    yield conversationEvents.messagesImported({ ...imported, messages: rows })
  }
  for (const rows of inParts<ImportedMemory>(memories)) {
    yield memoryEvents.memoriesImported({ ...imported, memories: rows })
  }
}

/** Takes an import back as one: what it brought goes; what the person wrote since stays. */
export const withdrawEvents = (personaId: string, importId: string, stamp: Stamp) => {
  const withdrawn = { personaId, importId, withdrawnAt: stamp.at, ...signature(stamp) }
  return [
    conversationEvents.conversationsImportWithdrawn(withdrawn),
    memoryEvents.memoriesImportWithdrawn(withdrawn),
  ] as const
}

export interface ImportDifference {
  readonly conversations: number
  readonly messages: number
  readonly memories: number
}

/** How much of a planned persona is new to a store, and how much is there already. */
export const importDifference = (
  persona: PlannedPersona,
  known: KnownIds,
): { readonly added: ImportDifference; readonly alreadyHere: ImportDifference } => {
  const fresh = newIn(persona, known)
  const added = {
    conversations: fresh.conversations.length,
    messages: fresh.messages.length,
    memories: fresh.memories.length,
  }
  return {
    added,
    alreadyHere: {
      conversations: persona.conversations.length - added.conversations,
      messages: persona.messages.length - added.messages,
      memories: persona.memories.length - added.memories,
    },
  }
}

const newIn = ({ conversations, messages, memories }: PlannedPersona, known: KnownIds) => ({
  conversations: conversations
    .filter(({ conversationId }) => !known.conversationIds.has(conversationId))
    .map(
      ({ settings, ...conversation }): ImportedConversation => ({
        ...conversation,
        settings: settings ?? defaultSettings,
      }),
    ),
  messages: messages.filter(({ messageId }) => !known.messageIds.has(messageId)),
  memories: memories.filter(({ memoryId }) => !known.memoryIds.has(memoryId)),
})
