import type { MessagePart } from '#schema/conversations/parts.ts'

/** An answer as far as it is on screen, before it is a fact. Tokens are never events. */
export interface Reply {
  readonly parts: readonly MessagePart[]
}

export const makeReplies = () => {
  const replies = new Map<string, Reply>()
  const running = new Map<string, AbortController>()
  const listeners = new Set<() => void>()
  const publish = () => {
    for (const listener of listeners) listener()
  }
  return {
    of: (taskId: string): Reply | undefined => replies.get(taskId),
    /** A hop begins; the signal says when it is to end. */
    begin: (taskId: string): AbortSignal => {
      const abort = new AbortController()
      running.set(taskId, abort)
      replies.set(taskId, { parts: [] })
      publish()
      return abort.signal
    },
    show: (taskId: string, parts: readonly MessagePart[]) => {
      replies.set(taskId, { parts })
      publish()
    },
    end: (taskId: string) => {
      replies.delete(taskId)
      running.delete(taskId)
      publish()
    },
    /** Whether it runs on this page; what is on screen by then is kept as the answer. */
    stop: (taskId: string): boolean => {
      const abort = running.get(taskId)
      abort?.abort()
      return abort !== undefined
    },
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Of this page. */
export const replies = makeReplies()

export type Replies = ReturnType<typeof makeReplies>
