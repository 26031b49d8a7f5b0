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
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import type { WorkspaceStore } from '#web/livestore/stores.ts'
import { noteOutcome } from './accounts.ts'
import { browserModelId, promptApi } from './browser-model.ts'
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
