import { isAnswerable$, messageById$ } from '#schema/conversations/queries.ts'
import { textHashOf } from '#schema/shared/text-hash.ts'
import { classify } from '#schema/tasks/classify.ts'
import type { TaskState } from '#schema/tasks/kernel.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import type { Task } from '#schema/tasks/state.ts'
import { askBuiltIn } from './ask-built-in.ts'
import { askModel } from './ask-model.ts'
import { askedIn, promptOf, routeFor } from './asked.ts'
import { chooseHop, deniedBy, notesOf } from './choose-hop.ts'
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
  const note = notesOf(store, task, options)
  // From another device, or by a tab that was closed before it could say so.
  if (store.query(messageById$(task.messageId)) !== null)
    return note({ kind: 'succeeded', messageId: task.messageId, processingTime: 0 })
  if (!store.query(isAnswerable$(task.questionId))) return note({ kind: 'cancelled' })
  const arrived = saved.of(task)
  if (arrived !== undefined) return conclude(store, task, interrupted(arrived, task.model), options)

  const asked = askedIn(store, task)
  await options.breath()
  const choosing = { text: asked.text, classify: () => classify(asked.text) }
  const chosen = await chooseHop(store, task, state, hop, choosing, options)
  if ('nobody' in chosen) return note(...chosen.nobody)
  const { before, accountId, model, candidate } = chosen

  if (accountId === builtInModel) {
    note(...before, { kind: 'started', hop })
    return conclude(store, task, await askBuiltIn(store, task, asked, options), options)
  }
  const contextTokens = candidate?.contextTokens
  const branch = await withFilesTold(store, asked.branch, contextTokens, options.fileBytes)
  const prompt = promptOf(store, task, { ...asked, branch }, contextTokens, stampNow().at)
  await options.breath()
  const { messageIds, given, shares, character } = prompt
  const denied = deniedBy(accountId, hop, shares, options)
  if (denied !== undefined) return note(...before, denied)
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
