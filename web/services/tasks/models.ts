import type { Candidate } from '#schema/tasks/routing.ts'
import { openWorkspace } from '#web/livestore/stores.ts'
import { type AccountStanding, accountStandings, admit, noteCall } from '#web/services/models/accounts.ts'
import { callModel } from '#web/services/models/call-model.ts'
import type { Models } from './engine-options.ts'

/** The accounts of this workspace, as this device may use them. */
export const models: Models = {
  candidates: async () => (await accountStandings(await openWorkspace())).flatMap(candidatesOf),
  call: callModel,
  denied: (accountId, tokens, now) => {
    const exceeded = admit(accountId, tokens, now)
    return exceeded === undefined ? undefined : { detail: exceeded.message, until: exceeded.until }
  },
  note: noteCall,
}

const candidatesOf = ({ account, hasKey, needsKey, isLocal, health }: AccountStanding): readonly Candidate[] =>
  account.models.map(({ id, ...known }) => ({
    accountId: account.accountId,
    provider: account.name,
    model: id,
    hasKey: hasKey || !needsKey,
    isLocal,
    health,
    ...known,
  }))
