import type { Classified } from '#schema/tasks/classify.ts'
import { noteStep } from '#schema/tasks/commands.ts'
import type { StepFact } from '#schema/tasks/events.ts'
import type { TaskState } from '#schema/tasks/kernel.ts'
import type { Task } from '#schema/tasks/state.ts'
import { routeFor } from './asked.ts'
import type { EngineOptions, PersonaReads } from './engine-options.ts'

/** To whom the next hop goes, with the steps that say so; or the steps that say why it goes to nobody now. */
export const chooseHop = async (
  store: PersonaReads,
  task: Task,
  state: TaskState,
  hop: number,
  asked: { readonly text: string; readonly classify: () => Classified },
  options: EngineOptions,
) => {
  const classified = state.intent === null ? asked.classify() : undefined
  const before: StepFact[] = classified === undefined ? [] : [{ kind: 'classified', ...classified }]
  const routed = await routeFor(store, task, asked, state, classified?.intent ?? state.intent, options)
  if ('failure' in routed) return { nobody: [...before, { kind: 'failed' as const, ...routed.failure }] }
  const { accountId, model, reason, candidates, candidate } = routed
  before.push({ kind: 'routed', hop, accountId, model, reason, candidates })
  if (candidate !== null && !candidate.isLocal && !options.isOnline())
    return { nobody: [...before, { kind: 'hopFailed' as const, hop, code: 'offline', detail: offline }] }
  return { before, accountId, model, candidate }
}

const offline = 'This device is offline. It is asked when the network is back.'

/** The step that says that an account's limits do not allow a call; undefined where they do. */
export const deniedBy = (
  accountId: string,
  hop: number,
  shares: readonly { readonly section: string; readonly tokens: number }[],
  { models, stampNow }: EngineOptions,
): StepFact | undefined => {
  const tokens = shares.reduce((sum, share) => (share.section === 'free' ? sum : sum + share.tokens), 0)
  const denied = models.denied(accountId, tokens, stampNow().at)
  if (denied === undefined) return undefined
  return { kind: 'hopFailed', hop, code: 'quota', detail: denied.detail, retryAt: denied.until }
}

/** Writes steps of a task down. */
export const notesOf =
  (store: PersonaReads, task: Task, { stampNow, write }: EngineOptions) =>
  (...said: readonly StepFact[]) => {
    const stamp = stampNow()
    const refusal = write(
      store,
      said.map((fact) => noteStep(task, fact, stamp)),
    )
    if (refusal !== undefined) throw refusal
  }
