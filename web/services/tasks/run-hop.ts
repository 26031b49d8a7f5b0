import { isAnswerable$, messageById$ } from '#schema/conversations/queries.ts'
import { textHashOf } from '#schema/shared/text-hash.ts'
import { classify } from '#schema/tasks/classify.ts'
import { noteStep } from '#schema/tasks/commands.ts'
import type { StepFact } from '#schema/tasks/events.ts'
import type { TaskState } from '#schema/tasks/kernel.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import type { Task } from '#schema/tasks/state.ts'
import { askBuiltIn } from './ask-built-in.ts'
import { askModel } from './ask-model.ts'
import { askedIn, promptOf, routeFor } from './asked.ts'
import type { EngineOptions, PersonaReads } from './engine-options.ts'
import { conclude, interrupted } from './outcome.ts'
import { withFilesTold } from './told-files.ts'

/** One attempt at an answer. What it goes by is written down before it begins; what came of it, when it ends. */
export const runHop = async (
  store: PersonaReads,
  task: Task,
  state: TaskState,
  hop: number,
  options: EngineOptions,
) => {
  const { stampNow, saved } = options
  const note = (...said: readonly StepFact[]) => {
    const stamp = stampNow()
    const refusal = options.write(
      store,
      said.map((fact) => noteStep(task, fact, stamp)),
    )
    if (refusal !== undefined) throw refusal
  }
  // From another device, or by a tab that was closed before it could say so.
  if (store.query(messageById$(task.messageId)) !== null)
    return note({ kind: 'succeeded', messageId: task.messageId, processingTime: 0 })
  if (!store.query(isAnswerable$(task.questionId))) return note({ kind: 'cancelled' })
  const arrived = saved.of(task)
  if (arrived !== undefined) return conclude(store, task, interrupted(arrived, task.model), options)

  const asked = askedIn(store, task)
  await options.breath()
  const classified = state.intent === null ? classify(asked.text) : undefined
  const intent = classified?.intent ?? state.intent
  const routed = await routeFor(store, task, asked, state, intent, options)
  const before: StepFact[] = classified === undefined ? [] : [{ kind: 'classified', ...classified }]
  if ('failure' in routed) return note(...before, { kind: 'failed', ...routed.failure })
  const { accountId, model, reason, candidates, candidate } = routed
  before.push({ kind: 'routed', hop, accountId, model, reason, candidates })

  if (accountId === builtInModel) {
    note(...before, { kind: 'started', hop })
    return conclude(store, task, await askBuiltIn(store, task, asked, options), options)
  }
  if (candidate !== null && !candidate.isLocal && !options.isOnline())
    return note(...before, { kind: 'hopFailed', hop, code: 'offline', detail: offline })
  const contextTokens = candidate?.contextTokens
  const branch = await withFilesTold(store, asked.branch, contextTokens, options.fileBytes)
  const prompt = promptOf(store, task, { ...asked, branch }, contextTokens, stampNow().at)
  await options.breath()
  const denied = options.models.denied(accountId, tokensIn(prompt.shares), stampNow().at)
  if (denied !== undefined)
    return note(...before, { kind: 'hopFailed', hop, code: 'quota', detail: denied.detail, retryAt: denied.until })
  const { messageIds, given, shares, character } = prompt
  note(
    ...before,
    { kind: 'prompted', hop, systemHash: textHashOf(character), messageIds, given, shares },
    { kind: 'started', hop },
  )
  await options.breath()
  const plan = { hop, accountId, model, candidate, prompt, settings: asked.settings, earlier: state.hops }
  const came = await askModel(store, task, plan, options)
  await options.breath()
  return 'hopFailed' in came ? note(came.hopFailed) : conclude(store, task, came, options)
}

/** Whether this device knows a model that could answer. */
export const canAnswer = async (store: PersonaReads, task: Task, state: TaskState, options: EngineOptions) =>
  !('failure' in (await routeFor(store, task, askedIn(store, task), state, state.intent, options)))

const offline = 'This device is offline. It is asked when the network is back.'

const tokensIn = (shares: readonly { readonly section: string; readonly tokens: number }[]): number =>
  shares.reduce((sum, { section, tokens }) => (section === 'free' ? sum : sum + tokens), 0)
