const prefix = 'pjai.keysOwed.'

/** What is owed for the workspace itself. */
export const workspaceOwed = 'workspace'

export const owedKey = (id: string) => prefix + id

/** The personas whose keys are to change, and the workspace: the page asks at each start, so it asks cheaply. */
export const owedIds = (): readonly string[] =>
  Object.keys(localStorage)
    .filter((key) => key.startsWith(prefix))
    .map((key) => key.slice(prefix.length))
