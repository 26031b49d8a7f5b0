import type { Store } from '@livestore/livestore'
import { openBranch$ } from '#schema/conversations/queries.ts'
import { proposalPolicy } from '#schema/personas/privacy.ts'
import { consents$, privacy$ } from '#schema/personas/privacy-queries.ts'
import { proposeMemories } from '#schema/proposals/commands.ts'
import type { Proposal } from '#schema/proposals/events.ts'
import { proposedAmong$ } from '#schema/proposals/queries.ts'
import { erasedAmongQuery } from '#schema/shared/erasures.ts'
import type { Stamp } from '#schema/shared/stamp.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import { acceptAsMemories, draftOf } from './accept-proposals.ts'
import { proposalsIn } from './built-in-proposals.ts'
import type { personaSchema } from './persona-store.ts'

/** How far back a conversation is read: what is older was read when it was new. */
const messagesRead = 200

interface Place {
  readonly personaId: string
  readonly conversationId: string
}

/**
 * What is worth remembering in a conversation, as facts: by the persona's policy none, proposals, or proposals that are
 * memories at once. What was found before is not found again.
 */
export const proposeFrom = (
  store: Pick<Store<typeof personaSchema>, 'query'>,
  place: Place,
  batchId: string,
  stamp: Stamp,
) => {
  const policy = proposalPolicy({ privacy: store.query(privacy$), consents: store.query(consents$) })
  if (policy === 'never') return []
  const messages = store.query(openBranch$(place.conversationId, messagesRead))
  const fresh = newOf(store, proposalsIn(messages.filter(({ deletedAt }) => deletedAt === null)))
  const proposed = proposeMemories(place, builtInModel, fresh, stamp)
  if (policy === 'ask' || fresh.length === 0) return proposed
  const acceptances = fresh.map((proposal) => {
    const undecided = { ...proposal, ...place, ...byUs(stamp), decision: null, decidedBy: null, decidedAt: null }
    return { proposal: undecided, draft: draftOf(undecided), memory: null }
  })
  const accepted = acceptAsMemories(acceptances, 'policy', batchId, stamp)
  return accepted instanceof Error ? accepted : [...proposed, ...accepted]
}

const byUs = ({ at }: Stamp) => ({ proposedBy: builtInModel, proposedAt: at })

const newOf = (store: Pick<Store<typeof personaSchema>, 'query'>, found: readonly Proposal[]) => {
  const ids = found.map(({ memoryId }) => memoryId)
  const erased = store.query(erasedAmongQuery(ids)) as readonly { readonly id: string }[] // what it selects
  const known = new Set([...store.query(proposedAmong$(ids)), ...erased.map(({ id }) => id)])
  return found.filter(({ memoryId }) => !known.has(memoryId))
}
