import { textOfParts } from '#schema/conversations/parts.ts'
import { isAnswerable$ } from '#schema/conversations/queries.ts'
import { textHashOf } from '#schema/shared/text-hash.ts'
import { proposalsIn } from '#schema/stores/built-in-proposals.ts'
import { type FoundMemories, foundIn } from '#schema/stores/found-memories.ts'
import { isLookedThrough, saidSince, saysEnough } from '#schema/stores/look.ts'
import { lookPromptFor } from '#schema/stores/look-prompt.ts'
import { proposeFound } from '#schema/stores/propose-memories.ts'
import { noteStep } from '#schema/tasks/commands.ts'
import { hasEnded, type TaskState } from '#schema/tasks/kernel.ts'
import { taskById$ } from '#schema/tasks/queries.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import type { Task } from '#schema/tasks/state.ts'
import { ModelFailure } from '#web/services/models/model-call.ts'
import { hopFailed, type Usage, usageOf } from './ask-model.ts'
import { chooseHop, deniedBy, notesOf } from './choose-hop.ts'
import type { EngineOptions, PersonaReads } from './engine-options.ts'

/** One attempt at a look (`schema/stores/look.ts`). A list of memories that came half is none, so nothing of it is kept. */
export const runLook = async (
  store: PersonaReads,
  task: Task,
  state: TaskState,
  hop: number,
  options: EngineOptions,
) => {
  const { deviceId, models, replies, clock, stampNow } = options
  const note = notesOf(store, task, options)
  const said = saidSince(store, task.conversationId, task.questionId)
  if (!store.query(isAnswerable$(task.questionId)) || !isLookedThrough(store) || !saysEnough(said))
    return note({ kind: 'cancelled' })

  const chosen = await chooseHop(store, task, state, hop, { text: '', classify: () => left }, options)
  if ('nobody' in chosen) return note(...chosen.nobody)
  const { before, accountId, model, candidate } = chosen
  if (accountId === builtInModel) {
    note(...before, { kind: 'started', hop })
    const found = { proposals: proposalsIn(said), dropped: [] }
    return propose(store, task, model, found, { processingTime: 0 }, options)
  }
  const { system, text, saidByName, answerTokens, shares } = lookPromptFor(said, candidate?.contextTokens)
  const denied = deniedBy(accountId, hop, shares, options)
  if (denied !== undefined) return note(...before, denied)
  const messageIds = [...saidByName.values()].map(({ messageId }) => messageId)
  note(
    ...before,
    { kind: 'prompted', hop, systemHash: textHashOf(system), messageIds, given: [], shares },
    { kind: 'started', hop },
  )
  const started = clock()
  const signal = replies.begin(task.taskId)
  const came = await models.call({
    accountId,
    model,
    system,
    messages: [{ role: 'user', parts: [{ type: 'text', text }] }],
    settings: { temperature: 0, maxTokens: answerTokens, topP: 1, frequencyPenalty: 0, presencePenalty: 0 },
    signal,
    onPiece: () => undefined,
  })
  const isStopped = signal.aborted
  const failure = came instanceof ModelFailure ? came : undefined
  const used = came instanceof ModelFailure ? {} : usageOf(came, candidate)
  models.note(accountId, model, { ...used, ...(failure === undefined || isStopped ? {} : { failure }) }, stampNow().at)
  if (!isOurs(store, task, deviceId)) return undefined
  if (isStopped) return note({ kind: 'cancelled', ...used })
  const plan = { hop, accountId, model, earlier: state.hops }
  if (came instanceof ModelFailure) return note(hopFailed(plan, came, options))
  const found = foundIn(textOfParts(came.parts), saidByName, model, store)
  if (found === undefined) return note(hopFailed(plan, noList, options))
  return propose(store, task, model, found, { ...used, processingTime: Math.round(clock() - started) }, options)
}

/** What was found and the end of the task, in one batch. */
const propose = (
  store: PersonaReads,
  task: Task,
  proposedBy: string,
  { proposals, dropped }: FoundMemories,
  usage: Usage & { readonly processingTime: number },
  { stampNow, write }: EngineOptions,
) => {
  const stamp = stampNow()
  const proposed = proposeFound(store, task, { proposedBy, proposals }, task.taskId, stamp)
  if (proposed instanceof Error) throw proposed
  const looked = { proposed: proposals.length, dropped }
  const end = noteStep(task, { kind: 'succeeded', messageId: task.messageId, ...usage, looked }, stamp)
  const refusal = write(store, [...proposed, end])
  if (refusal !== undefined) throw refusal
}

/** Another device may have taken it over, or somebody stopped it. */
const isOurs = (store: PersonaReads, { taskId }: Task, deviceId: string): boolean => {
  const now = store.query(taskById$(taskId))
  return now !== null && !hasEnded(now) && now.claimedBy === deviceId
}

const left = { intent: 'memories', reason: 'The chat was left, and something new was said in it.' } as const

const noList = new ModelFailure({ code: 'malformed', detail: 'What the model answered is no list of memories.' })
