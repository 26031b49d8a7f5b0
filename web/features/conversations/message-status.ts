import type { Answer } from '#schema/conversations/events.ts'

export type MessageStatus = 'sending' | 'sent' | 'delivered' | 'error' | 'deleted'

interface MessageFacts {
  readonly deletedAt: Date | null
  readonly answer: Answer | null
  /** Where the newest fact of the message is: on screen, with the leader on this device's disk, or on the server. */
  readonly place: 'device' | 'leader' | 'server'
}

/** Derived from facts and from where they are; nobody writes a status down. */
export const statusOf = ({ deletedAt, answer, place }: MessageFacts): MessageStatus => {
  if (deletedAt !== null) return 'deleted'
  if (answer?.error !== undefined) return 'error'
  return ({ device: 'sending', leader: 'sent', server: 'delivered' } as const)[place]
}
