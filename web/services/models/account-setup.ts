import {
  type AccountDraft,
  addAccount,
  listModels,
  removeAccount,
  restoreAccount,
  reviseAccount,
} from '#schema/providers/commands.ts'
import type { ListedModel } from '#schema/providers/events.ts'
import { type ProviderAccount, providerAccount$ } from '#schema/providers/queries.ts'
import { costOf, type QuotaExceeded } from '#schema/providers/quotas.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import type { WorkspaceStore } from '#web/livestore/stores.ts'
import { admit, noteCall, noteOutcome } from './accounts.ts'
import { browserModelId, promptApi } from './browser-model.ts'
import { callModel } from './call-model.ts'
import type { Endpoint, Target } from './endpoint.ts'
import { type ModelList, modelsFrom } from './list-models.ts'
import { ModelFailure } from './model-call.ts'
import { dropKey, keepKey, keyOf } from './vault.ts'
import { world } from './world.ts'

/** Which models answer there: what an account is tried with, before and after it is one. */
export const tryTarget = async (
  target: Target,
  key: string | undefined,
  signal?: AbortSignal,
  on: Endpoint['world'] = world,
): Promise<ModelList | ModelFailure> =>
  target.kind === 'browser' ? browserModels() : modelsFrom({ target, key, world: on }, signal)

const browserModels = async (): Promise<ModelList | ModelFailure> => {
  const availability = await (promptApi()?.availability() ?? 'unavailable')
  return availability === 'unavailable'
    ? new ModelFailure({ code: 'refused', detail: 'This browser has no model of its own.' })
    : { models: [{ id: browserModelId }], ms: 0 }
}

/** Asks an account which models it has, and keeps what it says and how it did. */
export const askAccount = async (
  workspace: WorkspaceStore,
  account: ProviderAccount,
): Promise<ModelList | ModelFailure> => {
  const { accountId } = account
  const list = await tryTarget(account, await keyOf(accountId))
  if (list instanceof ModelFailure) noteOutcome(accountId, list, undefined, new Date())
  else {
    noteOutcome(accountId, undefined, list.ms, new Date())
    keepModels(workspace, account, list.models)
  }
  return list
}

/** Also what a person names where a provider has no list. */
export const keepModels = (workspace: WorkspaceStore, account: ProviderAccount, models: readonly ListedModel[]) =>
  execute(workspace, listModels(account, models, stampNow()))

/** Gives the account, or why it was not added. A key that is empty is none. */
export const setUpAccount = async (
  workspace: WorkspaceStore,
  draft: AccountDraft,
  key: string,
): Promise<ProviderAccount | Error> => {
  const accountId = newId()
  const refusal = execute(workspace, addAccount(accountId, draft, stampNow()))
  if (refusal !== undefined) return refusal
  return keptAccount(workspace, accountId, key)
}

export const changeAccount = async (
  workspace: WorkspaceStore,
  account: ProviderAccount,
  draft: AccountDraft,
  key: string,
): Promise<ProviderAccount | Error> => {
  const refusal = execute(workspace, reviseAccount(account, draft, stampNow()))
  if (refusal !== undefined) return refusal
  return keptAccount(workspace, account.accountId, key)
}

const keptAccount = async (workspace: WorkspaceStore, accountId: string, key: string) => {
  if (key.trim() !== '') await keepKey(accountId, key)
  const account = workspace.query(providerAccount$(accountId))
  if (account === null) throw new Error('An account that was just written is not there.')
  return account
}

/** Its key leaves this device at once. Gives how to take it back, or why it was not removed. */
export const takeOutAccount = async (workspace: WorkspaceStore, account: ProviderAccount) => {
  const { accountId } = account
  const refusal = execute(workspace, removeAccount(account, stampNow()))
  if (refusal !== undefined) return refusal
  const putKeyBack = await dropKey(accountId)
  return async () => {
    await putKeyBack()
    return execute(workspace, restoreAccount(accountId, stampNow()))
  }
}

export interface Trial {
  readonly text: string
  /** Until the first piece came. */
  readonly ms: number
}

/** Asks one model to say something short. */
export const tryModel = async (
  { accountId, models }: ProviderAccount,
  model: string,
  signal: AbortSignal,
): Promise<Trial | ModelFailure | QuotaExceeded> => {
  const exceeded = admit(accountId, 20, new Date())
  if (exceeded !== undefined) return exceeded
  const begun = world.now()
  let firstAt: number | undefined
  const answer = await callModel({
    accountId,
    model,
    system: '',
    messages: [{ role: 'user', parts: [{ type: 'text', text: 'Say hello in three words.' }] }],
    settings: { temperature: 1, maxTokens: 100, topP: 1, frequencyPenalty: 0, presencePenalty: 0 },
    signal,
    onPiece: () => {
      firstAt ??= world.now()
    },
  })
  const now = new Date()
  if (answer instanceof ModelFailure) {
    noteCall(accountId, model, { failure: answer }, now)
    return answer
  }
  const ms = (firstAt ?? world.now()) - begun
  const { promptTokens = 0, completionTokens = 0 } = answer
  const listed = models.find(({ id }) => id === model)
  const cost = costOf(listed, promptTokens, completionTokens) ?? 0
  noteCall(accountId, model, { promptTokens, completionTokens, cost, firstPieceMs: ms }, now)
  const text = answer.parts.map((part) => ('text' in part && part.type === 'text' ? String(part.text) : '')).join('')
  return { text, ms }
}
