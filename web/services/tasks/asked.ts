import { defaultSettings } from '#schema/conversations/defaults.ts'
import type { ConversationSettings } from '#schema/conversations/events.ts'
import { textOfParts } from '#schema/conversations/parts.ts'
import { branchTo$, conversationById$ } from '#schema/conversations/queries.ts'
import { ConsentMissing, mayLeaveDevice, mayRecall, type Standing } from '#schema/personas/privacy.ts'
import { consents$, privacy$ } from '#schema/personas/privacy-queries.ts'
import { persona$ } from '#schema/personas/queries.ts'
import { type Prompt, type PromptInput, promptFor, tokensOf } from '#schema/stores/prompt.ts'
import { recall } from '#schema/stores/recall.ts'
import type { Select } from '#schema/stores/recall-scan.ts'
import type { TaskState } from '#schema/tasks/kernel.ts'
import { modelPreference$ } from '#schema/tasks/queries.ts'
import { type Candidate, type Route, route } from '#schema/tasks/routing.ts'
import type { Task } from '#schema/tasks/state.ts'
import type { EngineOptions, PersonaReads } from './engine-options.ts'

/** What an answer is asked for: the branch it follows, and how its conversation is set. */
export interface Asked {
  /** What the person said last. */
  readonly text: string
  readonly branch: PromptInput['branch']
  readonly settings: ConversationSettings
}

/** More than any model reads at once. */
const branchAtMost = 500

export const askedIn = (store: PersonaReads, task: Task): Asked => {
  const branch = store.query(branchTo$(task.questionId, branchAtMost))
  const said = branch.findLast(({ role }) => role === 'user') ?? branch.at(-1)
  return {
    text: said === undefined ? '' : textOfParts(said.parts),
    branch,
    settings: store.query(conversationById$(task.conversationId))?.settings ?? defaultSettings,
  }
}

/** Memories and messages that may help; the budget of the prompt decides how many are told. */
const recalledAtMost = 12

export const promptOf = (
  store: PersonaReads,
  task: Task,
  { text, branch, settings }: Asked,
  contextTokens: number | undefined,
  now: Date,
): Prompt =>
  promptFor({
    persona: store.query(persona$),
    instructions: settings.systemPrompt,
    recalled: mayTellMemories(store)
      ? recall(text, selectFrom(store), { limit: recalledAtMost, now, exceptMessageId: task.questionId })
      : [],
    branch,
    goesOn: task.purpose === 'continue',
    contextTokens,
    maxTokens: settings.maxTokens,
  })

export const routeFor = async (
  store: PersonaReads,
  task: Task,
  { text }: Pick<Asked, 'text'>,
  { hops }: Pick<TaskState, 'hops'>,
  intent: string | null,
  { models, isOnline }: Pick<EngineOptions, 'models' | 'isOnline'>,
): Promise<Route> => {
  const preference = store.query(modelPreference$)
  const wish = {
    wantedModel: task.wantedModel,
    intent,
    order: preference?.order ?? [],
    byIntent: preference?.byIntent ?? {},
    tokens: tokensOf(text),
    isOnline: isOnline(),
    endsBuiltIn: task.purpose === 'proposals',
  }
  const standing = { privacy: store.query(privacy$), consents: store.query(consents$) }
  const candidates = (await models.candidates()).map((candidate) => ({
    ...candidate,
    barred: barOf(candidate, standing),
  }))
  return route(candidates, wish, hops)
}

/** What the persona's owner allows decides before anything else. */
const barOf = ({ isLocal, provider }: Candidate, standing: Standing): Candidate['barred'] => {
  const refusal = mayLeaveDevice({
    ...standing,
    isLocal,
    ...(provider === undefined ? {} : { providerName: provider }),
  })
  if (refusal === undefined) return undefined
  return { code: refusal instanceof ConsentMissing ? 'consent' : 'forbidden', detail: refusal.message }
}

/** Whether what is remembered may be told to a model. */
export const mayTellMemories = (store: PersonaReads): boolean => mayRecall({ privacy: store.query(privacy$) })

export const selectFrom =
  (store: PersonaReads): Select =>
  (query, bindValues) =>
    // LiveStore types the rows of a raw query as `any`; they are decoded where they are used.
    store.query({ query, bindValues: [...bindValues] }) as readonly unknown[]
