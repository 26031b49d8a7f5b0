import type { DirectoryEntry } from '#schema/workspace/queries.ts'
import type { PlannedTarget } from '#web/services/import-lookup.ts'
import type { PersonaOutline } from '#web/services/import-protocol.ts'
import { counted } from '#web/ui/charts/numbers.ts'

const formats: Readonly<Record<string, string>> = {
  chatgpt: 'ChatGPT export',
  'character-card': 'Character card',
  lorebook: 'Lorebook',
  'pjai-persona': 'Persona of PJai',
}

/** An import may have come from several formats: `chatgpt, lorebook`. A format of a newer version keeps its own name. */
export const formatName = (format: string): string =>
  format
    .split(', ')
    .map((part) => formats[part] ?? part)
    .join(', ')

export const rowsOfTarget = ({ outline, known }: PlannedTarget) =>
  [
    { kind: 'Conversations', all: outline.conversationIds.length, known: known.conversationIds.size },
    { kind: 'Messages', all: outline.messageIds.length, known: known.messageIds.size },
    { kind: 'Memories', all: outline.memoryIds.length, known: known.memoryIds.size },
  ].filter(({ all }) => all > 0)

/** What the choice that is no other persona is called. */
export const sourceName = ({ draft }: PersonaOutline, entry: DirectoryEntry | null, isRedirected: boolean): string =>
  isRedirected
    ? `The file's own: ${draft.name}`
    : `${entry?.name ?? draft.name}, ${entry?.unlistedAt ? 'put back into the lists' : 'already here'}`

interface Counts {
  readonly personas: number
  readonly conversations: number
  readonly messages: number
  readonly memories: number
}

/** “3 conversations, 84 messages”; without any row, the personas. */
export const countsText = ({ personas, conversations, messages, memories }: Counts): string => {
  const parts = [
    ...(conversations > 0 ? [counted(conversations, 'conversation')] : []),
    ...(messages > 0 ? [counted(messages, 'message')] : []),
    ...(memories > 0 ? [counted(memories, 'memory', 'memories')] : []),
  ]
  return parts.length > 0 ? parts.join(', ') : counted(personas, 'persona')
}

/** What an import of these would add. */
export const newCounts = (targets: readonly PlannedTarget[]): Counts => {
  const sum = (count: (target: PlannedTarget) => number) => targets.reduce((all, target) => all + count(target), 0)
  return {
    personas: targets.filter(({ known }) => !known.persona).length,
    conversations: sum(({ outline, known }) => outline.conversationIds.length - known.conversationIds.size),
    messages: sum(({ outline, known }) => outline.messageIds.length - known.messageIds.size),
    memories: sum(({ outline, known }) => outline.memoryIds.length - known.memoryIds.size),
  }
}

export const isNothing = ({ personas, conversations, messages, memories }: Counts): boolean =>
  personas + conversations + messages + memories === 0
