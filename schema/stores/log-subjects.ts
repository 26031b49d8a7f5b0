import { attachmentEvents } from '#schema/attachments/events.ts'
import { conversationEvents } from '#schema/conversations/events.ts'
import { conversationTransferEvents } from '#schema/conversations/transfer-events.ts'
import { memoryEvents } from '#schema/memories/events.ts'
import { lifeEvents } from '#schema/memories/life-events.ts'
import { personaEvents } from '#schema/personas/events.ts'
import { proposalEvents } from '#schema/proposals/events.ts'
import { erasureEvents } from '#schema/shared/erasures.ts'
import { taskEvents } from '#schema/tasks/events.ts'

/** What the events of a persona are about, in the order in which they are offered. */
const subjects = {
  Persona: personaEvents,
  Memories: { ...memoryEvents, ...lifeEvents },
  'Things to remember': proposalEvents,
  Conversations: { ...conversationEvents, ...conversationTransferEvents },
  Answers: taskEvents,
  Files: attachmentEvents,
  Erasing: erasureEvents,
} as const

export type LogSubject = keyof typeof subjects | 'Of another version'

/** That of an event by its name; `v1.Erased` stands in the place of what was erased. */
export const subjectOfEvent = (name: string): LogSubject =>
  name === 'v1.Erased' ? 'Erasing' : (subjectByName.get(name) ?? 'Of another version')

/** Each subject that these names have, with its names. */
export const namesBySubject = (names: readonly string[]): ReadonlyMap<LogSubject, readonly string[]> =>
  new Map(
    [...subjectNames, 'Of another version' as const]
      .map((subject) => [subject, names.filter((name) => subjectOfEvent(name) === subject)] as const)
      .filter(([, names]) => names.length > 0),
  )

/** `v1.MemoryAdded` as “Memory added”. */
export const eventTitle = (name: string): string => {
  const words = name
    .replace(/^v\d+\./, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const subjectNames = Object.keys(subjects) as readonly (keyof typeof subjects)[] // the keys of a record of this very type

const subjectByName: ReadonlyMap<string, LogSubject> = new Map(
  subjectNames.flatMap((subject) =>
    Object.values(subjects[subject]).map(({ name }): readonly [string, LogSubject] => [name, subject]),
  ),
)
