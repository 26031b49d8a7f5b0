import { Schema } from 'effect'

/**
 * What an import would bring, before anything is written. The shapes are those of the events, which a slice may not see:
 * `schema/stores/import-events.ts` makes events of them, and the compiler proves there that they fit.
 */
export interface ImportPlan {
  readonly format: ImportFormat
  readonly personas: readonly PlannedPersona[]
  /** What cannot come along: where it stands in the source, and why. */
  readonly rejected: readonly Remark[]
  /** What comes along changed. */
  readonly notes: readonly Remark[]
}

export type ImportFormat = 'chatgpt' | 'character-card' | 'lorebook' | 'pjai-persona'

export interface Remark {
  readonly where: string
  readonly reason: string
}

export interface ImportOptions {
  readonly workspaceId: string
  /** Stands in where a source has no time of its own. */
  readonly now: Date
  /** Bring everything into this persona instead of one of the source's own. */
  readonly intoPersonaId?: string
}

export interface PlannedPersona {
  readonly personaId: string
  readonly draft: PlannedDraft
  readonly origin: PlannedOrigin
  /** Only a file of our own knows it. What somebody agreed to never travels: it was said for one persona. */
  readonly privacy?: PlannedPrivacy
  readonly conversations: readonly PlannedConversation[]
  /** Parents come before their answers. */
  readonly messages: readonly PlannedMessage[]
  readonly memories: readonly PlannedMemory[]
}

export const PlannedPrivacy = Schema.Struct({
  leaves: Schema.Literal('nothing', 'local', 'any'),
  memoriesInPrompts: Schema.Boolean,
  proposals: Schema.Literal('never', 'ask', 'alone'),
  lookedThroughBy: Schema.Literal('built-in', 'model', 'nobody'),
})
export type PlannedPrivacy = typeof PlannedPrivacy.Type

const percent = Schema.Number.pipe(Schema.between(0, 100))
const count = Schema.optional(Schema.Finite)

export const PlannedDraft = Schema.Struct({
  name: Schema.String,
  personality: Schema.String,
  tone: Schema.String,
  traits: Schema.Struct({
    openness: percent,
    conscientiousness: percent,
    extraversion: percent,
    agreeableness: percent,
    neuroticism: percent,
  }),
  customTraits: Schema.Array(Schema.Struct({ name: Schema.String, value: percent })),
  systemPrompt: Schema.String,
  hue: Schema.Number.pipe(Schema.between(0, 359)),
  avatar: Schema.NullOr(Schema.String),
})
export type PlannedDraft = typeof PlannedDraft.Type

export const PlannedOrigin = Schema.Struct({
  format: Schema.String,
  sourceId: Schema.String,
  rest: Schema.optional(Schema.String),
})
export type PlannedOrigin = typeof PlannedOrigin.Type

const PlannedSettings = Schema.Struct({
  model: Schema.String,
  systemPrompt: Schema.String.pipe(Schema.maxLength(2000)),
  temperature: Schema.Number.pipe(Schema.between(0, 2)),
  maxTokens: Schema.Number.pipe(Schema.between(1, 32_000)),
  topP: Schema.Number.pipe(Schema.between(0, 1)),
  frequencyPenalty: Schema.Number.pipe(Schema.between(-2, 2)),
  presencePenalty: Schema.Number.pipe(Schema.between(-2, 2)),
})

export const PlannedConversation = Schema.Struct({
  conversationId: Schema.String,
  title: Schema.String,
  /** Absent where the source has none of ours. */
  settings: Schema.optional(PlannedSettings),
  tags: Schema.Array(Schema.String),
  startedAt: Schema.Date,
  archivedAt: Schema.NullOr(Schema.Date),
  favourite: Schema.Boolean,
  currentMessageId: Schema.NullOr(Schema.String),
  origin: Schema.optional(PlannedOrigin),
})
export type PlannedConversation = typeof PlannedConversation.Type

const PlannedPart = Schema.Struct({ type: Schema.String }, { key: Schema.String, value: Schema.Unknown })
export type PlannedPart = typeof PlannedPart.Type

const PlannedAnswer = Schema.Struct({
  model: Schema.String,
  promptTokens: count,
  completionTokens: count,
  processingTime: count,
  temperature: count,
  error: Schema.optional(Schema.Struct({ code: Schema.String, message: Schema.String, timestamp: Schema.Date })),
  recalledMemoryIds: Schema.Array(Schema.String),
  recalledMessageIds: Schema.Array(Schema.String),
})

export const PlannedMessage = Schema.Struct({
  messageId: Schema.String,
  conversationId: Schema.String,
  parentMessageId: Schema.NullOr(Schema.String),
  role: Schema.Literal('user', 'assistant', 'system'),
  parts: Schema.Array(PlannedPart),
  sentAt: Schema.Date,
  answer: Schema.optional(PlannedAnswer),
  sourceId: Schema.optional(Schema.String),
})
export type PlannedMessage = typeof PlannedMessage.Type

export const PlannedMemory = Schema.Struct({
  memoryId: Schema.String,
  content: Schema.String,
  importance: Schema.Number.pipe(Schema.between(0, 1)),
  kind: Schema.String.pipe(Schema.minLength(1), Schema.maxLength(60)),
  tags: Schema.Array(Schema.String.pipe(Schema.minLength(1), Schema.maxLength(60))),
  sourceEventIds: Schema.Array(Schema.String),
  occurredAt: Schema.Date,
  origin: Schema.optional(PlannedOrigin),
})
export type PlannedMemory = typeof PlannedMemory.Type

export interface PlanCounts {
  readonly personas: number
  readonly conversations: number
  readonly messages: number
  readonly memories: number
  readonly rejected: number
}

export const countsOfPlan = ({ personas, rejected }: Pick<ImportPlan, 'personas' | 'rejected'>): PlanCounts => ({
  personas: personas.length,
  conversations: personas.reduce((sum, persona) => sum + persona.conversations.length, 0),
  messages: personas.reduce((sum, persona) => sum + persona.messages.length, 0),
  memories: personas.reduce((sum, persona) => sum + persona.memories.length, 0),
  rejected: rejected.length,
})
