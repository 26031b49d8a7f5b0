/**
 * The questions this device owes an answer: asked here, by a person, with no model connected. A key each in
 * localStorage, so that two tabs never write over each other and a reload knows what is still owed. What other devices
 * asked is theirs to answer.
 */
export interface Question {
  readonly messageId: string
  readonly personaId: string
}

const prefix = 'pjai.asked.'

export const makeQuestions = (storage: Storage) => {
  const listeners = new Set<() => void>()
  return {
    all: (): readonly Question[] =>
      Object.keys(storage)
        .filter((key) => key.startsWith(prefix))
        .sort()
        .map((key) => ({ messageId: key.slice(prefix.length), personaId: storage.getItem(key) ?? '' })),
    has: (messageId: string) => storage.getItem(prefix + messageId) !== null,
    add: ({ messageId, personaId }: Question) => {
      storage.setItem(prefix + messageId, personaId)
      for (const listener of listeners) listener()
    },
    settle: (messageId: string) => storage.removeItem(prefix + messageId),
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type Questions = ReturnType<typeof makeQuestions>
