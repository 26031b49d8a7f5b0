import { openBranch$ } from '#schema/conversations/queries.ts'
import { proposalPolicy } from '#schema/personas/privacy.ts'
import { consents$, privacy$ } from '#schema/personas/privacy-queries.ts'
import { proposeMemories } from '#schema/proposals/commands.ts'
import { openProposals$, proposedAmong$ } from '#schema/proposals/queries.ts'
import { erasedAmongQuery } from '#schema/shared/erasures.ts'
import { acceptAsMemories, draftOf } from '#schema/stores/accept-proposals.ts'
import { proposalsIn } from '#schema/stores/built-in-proposals.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import { execute } from '#web/livestore/execute.ts'
import { mayWrite, rightTo } from '#web/livestore/rights.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import { type PersonaStore, personaStoreId } from '#web/livestore/stores.ts'

/** How far back a conversation is read: what is older was read when it was new. */
const messagesRead = 200

/**
 * Looks for what is worth remembering in a conversation that was left. Safe to call at any time, any number of times: what
 * was found before is not found again. By the persona's policy nothing is done, the person is asked, or it is kept.
 */
export const proposeFrom = (store: PersonaStore, personaId: string, conversationId: string): void => {
  const policy = proposalPolicy({ privacy: store.query(privacy$), consents: store.query(consents$) })
  if (policy === 'never' || !mayWrite(rightTo(personaStoreId(personaId)))) return
  const messages = store.query(openBranch$(conversationId, messagesRead)).filter(({ deletedAt }) => deletedAt === null)
  const found = proposalsIn(messages)
  const ids = found.map(({ memoryId }) => memoryId)
  const known = new Set([
    ...store.query(proposedAmong$(ids)),
    ...store.query(erasedAmongQuery(ids)).map(({ id }: { readonly id: string }) => id),
  ])
  const fresh = found.filter(({ memoryId }) => !known.has(memoryId))
  if (fresh.length === 0) return
  const proposed = proposeMemories({ personaId, conversationId }, builtInModel, fresh, stampNow())
  if (execute(store, proposed) !== undefined || policy !== 'alone') return
  const isFresh = new Set(fresh.map(({ memoryId }) => memoryId))
  const acceptances = store
    .query(openProposals$(conversationId))
    .filter(({ memoryId }) => isFresh.has(memoryId))
    .map((proposal) => ({ proposal, draft: draftOf(proposal), memory: null }))
  execute(store, acceptAsMemories(acceptances, 'policy', newId(), stampNow()))
}
