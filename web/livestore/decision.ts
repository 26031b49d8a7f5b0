export interface Fact {
  readonly name: string
  readonly args: unknown
}

/** What a command decided: facts to write, or the refusal to show. */
export type Decision<R extends Error = Error> = R | Fact | readonly Fact[]

/** Several as one: all their facts, or the first refusal. */
export const together = (decisions: readonly Decision[]): Decision => {
  const facts: Fact[] = []
  for (const decision of decisions) {
    if (decision instanceof Error) return decision
    facts.push(...[decision].flat())
  }
  return facts
}
