import { providerAccount$ } from '#schema/providers/queries.ts'
import { openWorkspace } from '#web/livestore/stores.ts'
import { type ModelAnswer, ModelFailure, type ModelRequest } from './model-call.ts'
import { keyOf } from './vault.ts'
import { world } from './world.ts'

/**
 * Asks a model of an account. What arrives comes through `onPiece` at once, and is not lost when the call fails later.
 * Everything that talks to providers is fetched with the first call.
 */
export const callModel = async ({ accountId, ...request }: ModelRequest): Promise<ModelAnswer | ModelFailure> => {
  const account = (await openWorkspace()).query(providerAccount$(accountId))
  if (account === null || account.removedAt !== null)
    return new ModelFailure({ code: 'refused', detail: 'This account was removed. Choose another model.' })
  if (account.kind === 'browser') return (await import('./browser-model.ts')).answerByBrowser(request)
  const [{ streamAnswer }, key] = await Promise.all([import('./stream-answer.ts'), keyOf(accountId)])
  const answer = await streamAnswer({ target: account, key, world }, request)
  if (answer instanceof ModelFailure) void import('./probing.ts').then(({ probeFailed }) => probeFailed())
  return answer
}
