const prefix = 'pjai.personaIntent.'

export const intentKey = (personaId: string) => prefix + personaId

/** The personas that are listed, but not yet all that they are to become: the page asks at each start, so it asks cheaply. */
export const intendedPersonaIds = (): readonly string[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
