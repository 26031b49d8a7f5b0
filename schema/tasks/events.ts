import { Events, Schema } from '@livestore/livestore'
import { stamped } from '#schema/shared/stamp.ts'

// What is free text here (purpose, intent, verdict, code) is known by its values in the kernel; a newer version may add some.

/** `questionId`: the message the answer follows. `wantedModel` as in a conversation's settings. */
const queued = {
  questionId: Schema.String,
  purpose: Schema.String,
  wantedModel: Schema.String,
}

const classified = { intent: Schema.String, reason: Schema.String }

/** One model looked at when a hop was routed: `verdict` is chosen, usable or unfit. */
export const RoutedCandidate = Schema.Struct({
  accountId: Schema.String,
  model: Schema.String,
  verdict: Schema.String,
  reason: Schema.String,
})
export type RoutedCandidate = typeof RoutedCandidate.Type

/** Every attempt is a hop, counted from 0. */
const hop = { hop: Schema.Finite }

const routed = {
  ...hop,
  accountId: Schema.String,
  model: Schema.String,
  reason: Schema.String,
  candidates: Schema.Array(RoutedCandidate),
}

/** A memory the model was given. */
export const GivenMemory = Schema.Struct({ memoryId: Schema.String, score: Schema.Finite, why: Schema.String })
export type GivenMemory = typeof GivenMemory.Type

/** Estimated tokens of one part of the prompt. */
export const PromptShare = Schema.Struct({ section: Schema.String, tokens: Schema.Finite })
export type PromptShare = typeof PromptShare.Type

/**
 * What the model saw: ids and numbers, never texts. The list of memories is not called `memories`: what is so called is
 * sealed by memory, and this belongs to its conversation.
 */
const prompted = {
  ...hop,
  systemHash: Schema.String,
  messageIds: Schema.Array(Schema.String),
  given: Schema.Array(GivenMemory),
  shares: Schema.Array(PromptShare),
}

const started = hop

const hopFailed = {
  ...hop,
  code: Schema.String,
  detail: Schema.String,
  retryAt: Schema.optional(Schema.Date),
  /** When it may be asked again, which is too far off to wait for. */
  againAt: Schema.optional(Schema.Date),
}

/** Tokens as the provider counted them, cost in US dollars at the price of that day, time in milliseconds. */
const usage = {
  promptTokens: Schema.optional(Schema.Finite),
  completionTokens: Schema.optional(Schema.Finite),
  cost: Schema.optional(Schema.Finite),
}

/** What came of looking for memories: how many are proposed, and how many of what was found are not, by reason. */
export const Looked = Schema.Struct({
  proposed: Schema.Finite,
  dropped: Schema.Array(Schema.Struct({ reason: Schema.String, count: Schema.Finite })),
})
export type Looked = typeof Looked.Type

const succeeded = {
  messageId: Schema.String,
  ...usage,
  processingTime: Schema.Finite,
  looked: Schema.optional(Looked),
}

/** `messageId`: what had arrived, if anything. */
const failed = {
  code: Schema.String,
  detail: Schema.String,
  messageId: Schema.optional(Schema.String),
  /** When trying again is worth it, where a model said so. */
  againAt: Schema.optional(Schema.Date),
  ...usage,
}

const cancelled = { messageId: Schema.optional(Schema.String), ...usage }

/** What a step of a task says, without who and when. */
export const StepFact = Schema.Union(
  Schema.Struct({ kind: Schema.Literal('classified'), ...classified }),
  Schema.Struct({ kind: Schema.Literal('claimed') }),
  Schema.Struct({ kind: Schema.Literal('routed'), ...routed }),
  Schema.Struct({ kind: Schema.Literal('prompted'), ...prompted }),
  Schema.Struct({ kind: Schema.Literal('started'), ...started }),
  Schema.Struct({ kind: Schema.Literal('hopFailed'), ...hopFailed }),
  Schema.Struct({ kind: Schema.Literal('succeeded'), ...succeeded }),
  Schema.Struct({ kind: Schema.Literal('failed'), ...failed }),
  Schema.Struct({ kind: Schema.Literal('cancelled'), ...cancelled }),
)
export type StepFact = typeof StepFact.Type

/** A model of an account, or the built-in responder: `built-in` twice. */
export const ModelChoice = Schema.Struct({ accountId: Schema.String, model: Schema.String })
export type ModelChoice = typeof ModelChoice.Type

const ids = { taskId: Schema.String, personaId: Schema.String, conversationId: Schema.String }

export const taskEvents = {
  taskQueued: Events.synced({
    name: 'v1.TaskQueued',
    schema: Schema.Struct({ ...ids, ...queued, queuedAt: Schema.Date, ...stamped }),
  }),
  taskClassified: Events.synced({
    name: 'v1.TaskClassified',
    schema: Schema.Struct({ ...ids, ...classified, classifiedAt: Schema.Date, ...stamped }),
  }),
  /** The device of the stamp works on it from now on. */
  taskClaimed: Events.synced({
    name: 'v1.TaskClaimed',
    schema: Schema.Struct({ ...ids, claimedAt: Schema.Date, ...stamped }),
  }),
  taskRouted: Events.synced({
    name: 'v1.TaskRouted',
    schema: Schema.Struct({ ...ids, ...routed, routedAt: Schema.Date, ...stamped }),
  }),
  taskPrompted: Events.synced({
    name: 'v1.TaskPrompted',
    schema: Schema.Struct({ ...ids, ...prompted, promptedAt: Schema.Date, ...stamped }),
  }),
  taskStarted: Events.synced({
    name: 'v1.TaskStarted',
    schema: Schema.Struct({ ...ids, ...started, startedAt: Schema.Date, ...stamped }),
  }),
  taskHopFailed: Events.synced({
    name: 'v1.TaskHopFailed',
    schema: Schema.Struct({ ...ids, ...hopFailed, failedAt: Schema.Date, ...stamped }),
  }),
  taskSucceeded: Events.synced({
    name: 'v1.TaskSucceeded',
    schema: Schema.Struct({ ...ids, ...succeeded, succeededAt: Schema.Date, ...stamped }),
  }),
  taskFailed: Events.synced({
    name: 'v1.TaskFailed',
    schema: Schema.Struct({ ...ids, ...failed, failedAt: Schema.Date, ...stamped }),
  }),
  taskCancelled: Events.synced({
    name: 'v1.TaskCancelled',
    schema: Schema.Struct({ ...ids, ...cancelled, cancelledAt: Schema.Date, ...stamped }),
  }),
  /** In which order a persona's questions go to models; for an intent, what stands in `byIntent` goes before. */
  modelsPreferred: Events.synced({
    name: 'v1.ModelsPreferred',
    schema: Schema.Struct({
      personaId: Schema.String,
      order: Schema.Array(ModelChoice),
      byIntent: Schema.optional(Schema.Record({ key: Schema.String, value: ModelChoice })),
      preferredAt: Schema.Date,
      ...stamped,
    }),
  }),
}
