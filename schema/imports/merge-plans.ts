import type { ImportPlan, PlannedPersona } from './plan.ts'

/**
 * Several plans as one. What two files bring for the same persona (the shards of one export, a card and its lorebook)
 * comes together, and what stands in both comes once: the first file's word counts.
 */
export const mergePersonas = (plans: readonly ImportPlan[]): readonly PlannedPersona[] => {
  const merged = new Map<string, PlannedPersona>()
  for (const persona of plans.flatMap(({ personas }) => personas)) {
    const first = merged.get(persona.personaId)
    merged.set(persona.personaId, first === undefined ? persona : mergePersona(first, persona))
  }
  return [...merged.values()]
}

const mergePersona = (first: PlannedPersona, second: PlannedPersona): PlannedPersona => ({
  ...first,
  conversations: eachOnce([...first.conversations, ...second.conversations], ({ conversationId }) => conversationId),
  messages: eachOnce([...first.messages, ...second.messages], ({ messageId }) => messageId),
  memories: eachOnce([...first.memories, ...second.memories], ({ memoryId }) => memoryId),
})

const eachOnce = <Row>(rows: readonly Row[], idOf: (row: Row) => string): readonly Row[] =>
  [...new Map(rows.toReversed().map((row) => [idOf(row), row])).values()].toReversed()
