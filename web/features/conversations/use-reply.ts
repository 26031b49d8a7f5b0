import { useSyncExternalStore } from 'react'
import { replies } from '#web/services/start-responder.ts'

/** The answer to a question as far as it is there; undefined when none is under way on this page. */
export const useReply = (questionId: string | undefined) =>
  useSyncExternalStore(replies.subscribe, () => (questionId === undefined ? undefined : replies.of(questionId)))

export const stopReply = (questionId: string) => replies.stop(questionId)
