import { defaultSettings } from '#schema/conversations/defaults.ts'
import { textOfParts } from '#schema/conversations/parts.ts'
import { branchTo$, conversationById$, endOfOpenBranch$ } from '#schema/conversations/queries.ts'
import { privacy$ } from '#schema/personas/privacy-queries.ts'
import { idFromNames } from '#schema/shared/ids-from-names.ts'
import type { Stamp } from '#schema/shared/stamp.ts'
import { queueTask } from '#schema/tasks/commands.ts'
import { looksUnderWay$, messagesLookedThrough$, taskById$ } from '#schema/tasks/queries.ts'
import { builtInModel } from '#schema/tasks/routing.ts'
import type { Said } from './built-in-proposals.ts'
import type { ProposalReads } from './known-sayings.ts'
import { messagesRead, type Place, policyOf, proposeFrom } from './propose-memories.ts'

/**
 * A **look**: what was said in a conversation since the last one is looked through for memories to propose.
 *
 *   left ──► policy never, or nobody is to look ──► nothing
 *        ├─► the built-in rules are to, or there is no model ──► at once
 *        └─► the persona's model is to ──► a task, one for each end of a talk: `web/services/tasks/run-look.ts`
 *
 * `hasModels`: whether there is an account with one. Safe to call at any time, any number of times.
 */
export const lookThrough = (store: ProposalReads, place: Place, hasModels: boolean, batchId: string, stamp: Stamp) => {
  if (!isLookedThrough(store)) return []
  return hasModels && wantedModelOf(store, place.conversationId) !== builtInModel
    ? queueLook(store, place, stamp)
    : proposeFrom(store, place, batchId, stamp)
}

export const isLookedThrough = (store: ProposalReads): boolean =>
  policyOf(store) !== 'never' && store.query(privacy$).lookedThroughBy !== 'nobody'

/** Who talked is who looks through it, if a model was chosen for the talk. */
const wantedModelOf = (store: ProposalReads, conversationId: string): string => {
  if (store.query(privacy$).lookedThroughBy === 'built-in') return builtInModel
  return (store.query(conversationById$(conversationId))?.settings ?? defaultSettings).model
}

/** However many devices leave a talk at the same message, it is one task. */
const queueLook = (store: ProposalReads, { personaId, conversationId }: Place, stamp: Stamp) => {
  const endId = store.query(endOfOpenBranch$(conversationId))
  if (endId === null || store.query(looksUnderWay$(conversationId)).length > 0) return []
  const taskId = idFromNames('look', conversationId, endId)
  if (store.query(taskById$(taskId)) !== null || !saysEnough(saidSince(store, conversationId, endId))) return []
  const wantedModel = wantedModelOf(store, conversationId)
  return [
    queueTask({ personaId, conversationId }, { taskId, questionId: endId, purpose: 'proposals', wantedModel }, stamp),
  ]
}

/** What was said on the branch that ends in a message, after all that a model was given to look through. */
export const saidSince = (store: ProposalReads, conversationId: string, endId: string): readonly Said[] => {
  const seen = store.query(messagesLookedThrough$(conversationId))
  const branch = store.query(branchTo$(endId, messagesRead))
  return branch
    .slice(branch.findLastIndex(({ messageId }) => seen.has(messageId)) + 1)
    .map((message) => ({ ...message, conversationId }))
}

/** A greeting is not worth a call. */
export const saysEnough = (said: readonly Said[]): boolean =>
  said.some(({ role, parts }) => role === 'user' && textOfParts(parts).trim().length >= 12)
