import { Data } from 'effect'
import type { MessagePart } from '#schema/conversations/parts.ts'

/** What is asked of a model, by whoever asks. */
export interface ModelRequest {
  readonly accountId: string
  readonly model: string
  readonly system: string
  readonly messages: readonly ModelMessage[]
  readonly settings: ModelSettings
  /** Called for the model as often as it wishes, in at most `maxSteps` rounds. */
  readonly tools?: readonly ModelTool[]
  readonly signal: AbortSignal
  readonly onPiece: (piece: ModelPiece) => void
}

export const maxSteps = 5

export interface ModelMessage {
  readonly role: 'user' | 'assistant' | 'system'
  /** A picture is sent when its address is a `data:` URL; no other is fetched. */
  readonly parts: readonly MessagePart[]
}

/** Of a conversation. */
export interface ModelSettings {
  readonly temperature: number
  readonly maxTokens: number
  readonly topP: number
  readonly frequencyPenalty: number
  readonly presencePenalty: number
}

export interface ModelTool {
  readonly name: string
  readonly description: string
  /** JSON Schema. */
  readonly inputSchema: Readonly<Record<string, unknown>>
  readonly run: (input: unknown) => Promise<unknown>
}

/** What arrived just now; a text is what comes after the one before. */
export type ModelPiece =
  | { readonly type: 'text' | 'reasoning'; readonly text: string }
  | { readonly type: 'toolCall'; readonly toolCallId: string; readonly name: string; readonly input: unknown }
  | { readonly type: 'toolResult'; readonly toolCallId: string; readonly output: unknown }

export interface ModelAnswer {
  readonly parts: readonly MessagePart[]
  readonly finish: 'stop' | 'length' | 'filtered' | 'other'
  /** As the provider counts them, over all rounds. */
  readonly promptTokens?: number
  readonly completionTokens?: number
}

export class ModelFailure extends Data.TaggedError('ModelFailure')<{
  readonly code:
    | 'offline'
    | 'refused'
    | 'cors'
    | 'wrongKey'
    | 'noKey'
    | 'wrongModel'
    | 'rateLimited'
    | 'overloaded'
    | 'tooLong'
    | 'server'
    | 'malformed'
    | 'timeout'
    | 'stopped'
  /** One sentence or two for a person: what happened, and what to do. Never a key. */
  readonly detail: string
  readonly retryAfterMs?: number
}> {
  override get message() {
    return this.detail
  }
}
