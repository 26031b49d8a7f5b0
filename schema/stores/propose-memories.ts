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
import { knownIn, type ProposalReads } from './known-sayings.ts'

/** How far back a conversation is read: what is older was read when it was new. */
export const messagesRead = 200

export interface Place {
  readonly personaId: string
  readonly conversationId: string
}

/** What the built-in rules find worth remembering in a conversation, as facts. */
export const proposeFrom = (store: ProposalReads, place: Place, batchId: string, stamp: Stamp) => {
  const messages = store.query(openBranch$(place.conversationId, messagesRead))
  const found = proposalsIn(messages.filter(({ deletedAt }) => deletedAt === null))
  return proposeFound(store, place, { proposedBy: builtInModel, proposals: found }, batchId, stamp)
}

interface Found {
  /** The model that found them, or `built-in`. */
  readonly proposedBy: string
  readonly proposals: readonly Proposal[]
}

/**
 * What was found, as facts: by the persona's policy none, proposals, or proposals that are memories at once. What was found
 * before, here or in another conversation, is not found again.
 */
export const proposeFound = (
  store: ProposalReads,
  place: Place,
  { proposedBy, proposals }: Found,
  batchId: string,
  stamp: Stamp,
) => {
  const policy = policyOf(store)
  if (policy === 'never') return []
  const fresh = newOf(store, proposals)
  const proposed = proposeMemories(place, proposedBy, fresh, stamp)
  if (policy === 'ask' || fresh.length === 0) return proposed
  const acceptances = fresh.map((proposal) => {
    const made = { ...proposal, ...place, proposedBy, proposedAt: stamp.at }
    const undecided = { ...made, decision: null, decidedBy: null, decidedAt: null }
    return { proposal: undecided, draft: draftOf(undecided), memory: null }
  })
  const accepted = acceptAsMemories(acceptances, 'policy', batchId, stamp)
  return accepted instanceof Error ? accepted : [...proposed, ...accepted]
}

export const policyOf = (store: ProposalReads) =>
  proposalPolicy({ privacy: store.query(privacy$), consents: store.query(consents$) })

const newOf = (store: ProposalReads, found: readonly Proposal[]) => {
  const ids = found.map(({ memoryId }) => memoryId)
  const erased = store.query(erasedAmongQuery(ids)) as readonly { readonly id: string }[] // what it selects
  const known = new Set([...store.query(proposedAmong$(ids)), ...erased.map(({ id }) => id)])
  const isKnown = knownIn(store)
  return found.filter(({ memoryId, content }) => !known.has(memoryId) && !isKnown(content))
}
