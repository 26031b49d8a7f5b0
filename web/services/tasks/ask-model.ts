import type { ConversationSettings } from '#schema/conversations/events.ts'
import type { MessagePart } from '#schema/conversations/parts.ts'
import type { Prompt } from '#schema/stores/prompt.ts'
import type { StepFact } from '#schema/tasks/events.ts'
import type { Hop } from '#schema/tasks/kernel.ts'
import { type Candidate, retryAfter } from '#schema/tasks/routing.ts'
import type { Task } from '#schema/tasks/state.ts'
import { noteWait } from '#web/livestore/waits.ts'
import { type ModelAnswer, ModelFailure, type ModelRequest } from '#web/services/models/model-call.ts'
import { mayTellMemories } from './asked.ts'
import type { EngineOptions, PersonaReads } from './engine-options.ts'
import { type Outcome, stopped } from './outcome.ts'
import { saysSomething, withPiece } from './pieces.ts'
import { searchMemories } from './search-memories.ts'

interface HopPlan {
  readonly hop: number
  readonly accountId: string
  readonly model: string
  readonly candidate: Candidate | null
  readonly prompt: Prompt
  readonly settings: ConversationSettings
  /** The hops before this one. */
  readonly earlier: readonly Hop[]
}

export type Asking = Outcome | { readonly hopFailed: StepFact }

/** Asks the model of a hop, shows what comes as it comes, and says what came of it. */
export const askModel = async (
  store: PersonaReads,
  task: Task,
  plan: HopPlan,
  options: EngineOptions,
): Promise<Asking> => {
  const { accountId, model, prompt, settings } = plan
  const { replies, clock, stampNow, models } = options
  const started = clock()
  const signal = replies.begin(task.taskId)
  const shown = showing(task, options)
  const memories = searchMemories(store, stampNow)
  const request: ModelRequest = {
    accountId,
    model,
    system: prompt.system,
    messages: prompt.messages,
    settings,
    tools: mayTellMemories(store) ? [memories.tool] : [],
    signal,
    onPiece: (piece) => {
      if (shown.parts().length === 0) noteWait({ name: 'first token', ms: clock() - started })
      shown.add(piece)
    },
  }
  let came = await models.call(request)
  // Some servers refuse a model that knows no tools, and say so.
  if (came instanceof ModelFailure && shown.parts().length === 0 && /\btools?\b|\bfunctions?\b/i.test(came.detail))
    came = await models.call({ ...request, tools: [] })
  shown.end()

  const answer = came instanceof ModelFailure ? undefined : came
  const failure = came instanceof ModelFailure ? came : undefined
  const used: Usage = answer === undefined ? {} : usageOf(answer, plan.candidate)
  const { cost, ...counts } = used
  const isStopped = signal.aborted || failure?.code === 'stopped'
  models.note(accountId, model, { ...used, ...(failure === undefined || isStopped ? {} : { failure }) }, stampNow().at)
  if (failure !== undefined && !isStopped) noteWait({ name: 'error', kind: 'model', ms: 0 })
  const parts = answer?.parts ?? shown.parts()
  const isRead = saysSomething(parts)
  if (!isStopped && !isRead) return { hopFailed: hopFailed(plan, failure, options) }
  return {
    parts,
    answer: {
      model,
      temperature: settings.temperature,
      ...counts,
      processingTime: Math.round(clock() - started),
      recalledMemoryIds: [...new Set([...prompt.given.map(({ memoryId }) => memoryId), ...memories.found()])],
      recalledMessageIds: prompt.recalledMessageIds,
    },
    cost,
    broken: isStopped
      ? stopped
      : failure === undefined
        ? brokenBy(answer?.finish)
        : { code: failure.code, detail: failure.detail },
    isAnswer: !isStopped && failure === undefined,
  }
}

/** What has come, on screen once a frame and kept once a second. */
const showing = (task: Task, { replies, saved, clock, nextFrame }: EngineOptions) => {
  let parts: readonly MessagePart[] = []
  let isDue = false
  let keptAt = Number.NEGATIVE_INFINITY
  let hasEnded = false
  const show = () => {
    isDue = false
    if (hasEnded) return
    replies.show(task.taskId, parts)
    if (clock() - keptAt < keepEvery || !saysSomething(parts)) return
    keptAt = clock()
    saved.keep(task, parts)
  }
  return {
    parts: () => parts,
    add: (piece: Parameters<ModelRequest['onPiece']>[0]) => {
      parts = withPiece(parts, piece)
      if (isDue) return
      isDue = true
      void nextFrame().then(show)
    },
    end: () => {
      hasEnded = true
    },
  }
}

const keepEvery = 1000

export interface Usage {
  readonly promptTokens?: number
  readonly completionTokens?: number
  readonly cost?: number
}

/** What a call took, as far as it is known. */
export const usageOf = (answer: ModelAnswer, candidate: Candidate | null): Usage => {
  const { promptTokens, completionTokens } = answer
  const cost = costOf(answer, candidate)
  return {
    ...(promptTokens === undefined ? {} : { promptTokens }),
    ...(completionTokens === undefined ? {} : { completionTokens }),
    ...(cost === undefined ? {} : { cost }),
  }
}

/** US dollars; unknown where the price or the count is. */
const costOf = ({ promptTokens, completionTokens }: ModelAnswer, candidate: Candidate | null): number | undefined => {
  if (candidate?.promptPrice === undefined || candidate.completionPrice === undefined) return undefined
  if (promptTokens === undefined || completionTokens === undefined) return undefined
  return (promptTokens * candidate.promptPrice + completionTokens * candidate.completionPrice) / 1_000_000
}

const brokenBy = (finish: ModelAnswer['finish'] | undefined): Outcome['broken'] => {
  if (finish === 'length') return { code: 'length', detail: 'It reached the length allowed to an answer here.' }
  return finish === 'filtered' ? { code: 'filtered', detail: 'The provider held back the rest of it.' } : undefined
}

export const hopFailed = (
  { hop, accountId, model, earlier }: Pick<HopPlan, 'hop' | 'accountId' | 'model' | 'earlier'>,
  failure: ModelFailure | undefined,
  { random, stampNow }: EngineOptions,
): StepFact => {
  const code = failure?.code ?? 'empty'
  const detail = failure?.detail ?? 'The model answered nothing.'
  const attempts = 1 + earlier.filter((it) => it.accountId === accountId && it.model === model).length
  const pause = retryAfter(code, attempts, failure?.retryAfterMs, random())
  const at = (ms: number) => new Date(stampNow().at.getTime() + ms)
  const asked = failure?.retryAfterMs
  const when = pause !== undefined ? { retryAt: at(pause) } : asked !== undefined ? { againAt: at(asked) } : {}
  return { kind: 'hopFailed', hop, code, detail, ...when }
}
