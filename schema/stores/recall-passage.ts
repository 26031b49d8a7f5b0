/** What can be recalled. */
export interface Passage {
  readonly id: string
  readonly kind: 'memory' | 'message'
  readonly text: string
  readonly at: Date
  /** 0–1. */
  readonly importance: number
  /** Where a message was said, and by whom; null for a memory. */
  readonly said: Said | null
  readonly parentMessageId: string | null
}

export interface Said {
  readonly conversationId: string
  readonly title: string
  readonly role: string
}
