const prefix = 'pjai.keysOwed.'

export const owedKey = (personaId: string) => prefix + personaId

/** The personas whose keys are to change: the page asks at each start, so it asks cheaply. */
export const owedPersonaIds = (): readonly string[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
