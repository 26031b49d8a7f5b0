/** An answer as far as it is on screen, before it is a fact. Tokens are never events. */
export interface Reply {
  readonly text: string
}

export const makeReplies = () => {
  const replies = new Map<string, Reply>()
  const stops = new Set<string>()
  const listeners = new Set<() => void>()
  const publish = () => {
    for (const listener of listeners) listener()
  }
  return {
    of: (questionId: string): Reply | undefined => replies.get(questionId),
    show: (questionId: string, text: string) => {
      replies.set(questionId, { text })
      publish()
    },
    end: (questionId: string) => {
      replies.delete(questionId)
      stops.delete(questionId)
      publish()
    },
    /** What is on screen by now is kept as the answer. */
    stop: (questionId: string) => {
      if (replies.has(questionId)) stops.add(questionId)
    },
    isStopped: (questionId: string) => stops.has(questionId),
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export type Replies = ReturnType<typeof makeReplies>
