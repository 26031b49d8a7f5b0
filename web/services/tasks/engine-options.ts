import type { Store } from '@livestore/livestore'
import type { Stamp } from '#schema/shared/stamp.ts'
import type { personaSchema } from '#schema/stores/persona-store.ts'
import type { Candidate } from '#schema/tasks/routing.ts'
import type { ModelAnswer, ModelFailure, ModelRequest } from '#web/services/models/model-call.ts'
import type { Replies } from './replies.ts'
import type { SavedReplies } from './saved-replies.ts'

export type PersonaReads = Pick<Store<typeof personaSchema>, 'query' | 'subscribe'>

interface Fact {
  readonly name: string
  readonly args: unknown
}

/** What the engine needs of the models. */
export interface Models {
  /** Every model of every account, as this device sees it. */
  readonly candidates: () => Promise<readonly Candidate[]>
  readonly call: (request: ModelRequest) => Promise<ModelAnswer | ModelFailure>
  /** Why an account's limits do not allow a call of so many tokens, and until when. */
  readonly denied: (
    accountId: string,
    tokens: number,
    now: Date,
  ) => { readonly detail: string; readonly until: Date } | undefined
  readonly note: (accountId: string, model: string, outcome: CallOutcome, now: Date) => void
}

export interface CallOutcome {
  readonly promptTokens?: number
  readonly completionTokens?: number
  readonly cost?: number
  readonly failure?: ModelFailure
}

/** The world, as far as answering depends on it. */
export interface EngineOptions {
  readonly deviceId: string
  readonly replies: Replies
  readonly saved: SavedReplies
  readonly models: Models
  readonly write: (store: PersonaReads, facts: readonly Fact[]) => Error | undefined
  /** Runs alone among all tabs of this device. */
  readonly alone: (name: string, run: () => Promise<void>) => Promise<void>
  readonly stampNow: () => Stamp
  /** Milliseconds, of any clock that only goes forward. */
  readonly clock: () => number
  /** 0–1. */
  readonly random: () => number
  /** Resolves when the screen may show the next piece. */
  readonly nextFrame: () => Promise<unknown>
  /** Resolves once the page has drawn what was due: between steps that each cost a good part of a frame. */
  readonly breath: () => Promise<unknown>
  /** Resolves after so many milliseconds, or when the signal aborts. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>
  /** What an attachment holds, or why it cannot be had. */
  readonly fileBytes: (personaId: string, attachmentId: string) => Promise<Blob | Error>
  readonly isPresent: (deviceId: string) => boolean
  readonly isOnline: () => boolean
  /** Told when the network comes or goes. */
  readonly onNetwork: (listener: () => void) => () => void
  readonly onError: (error: unknown) => void
}
