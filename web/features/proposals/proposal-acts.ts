import type { MemoryDraft } from '#schema/memories/commands.ts'
import { forgetMemories } from '#schema/memories/commands.ts'
import { memoryBody$, memoryById$, tagsOfMemory$ } from '#schema/memories/queries.ts'
import { rejectProposals, reopenProposals } from '#schema/proposals/commands.ts'
import { proposalById$ } from '#schema/proposals/queries.ts'
import type { ProposedMemory } from '#schema/proposals/state.ts'
import { acceptAsMemories, draftOf } from '#schema/stores/accept-proposals.ts'
import { together } from '#web/livestore/decision.ts'
import { execute, executeMany } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import type { PersonaStore } from '#web/livestore/stores.ts'
import { showRefusal, showUndo } from '#web/ui/undo.tsx'

export interface Decided {
  readonly proposal: ProposedMemory
  readonly draft: MemoryDraft
}

/** Returns the refusal, for the field to show. */
export const accept = async (store: PersonaStore, decided: readonly Decided[]): Promise<Error | undefined> => {
  const [personaId, ids] = [personaOf(decided), decided.map(({ proposal }) => proposal.memoryId)]
  const acceptances = decided.map(({ proposal, draft }) => ({
    proposal,
    draft,
    memory: memoryText(store, proposal.memoryId),
  }))
  const refusal = await executeMany(store, acceptAsMemories(acceptances, 'person', newId(), stampNow()))
  if (refusal !== undefined) return refusal
  showUndo(ids.length === 1 ? 'This is remembered' : `${ids.length} memories added`, () => {
    const undone = together([
      forgetMemories(personaId, ids, newId(), stampNow()),
      reopenProposals(personaId, ids, newId(), stampNow()),
    ])
    showRefusal(execute(store, undone))
  })
  return undefined
}

export const reject = (store: PersonaStore, decided: readonly Decided[]): void => {
  const [personaId, proposals] = [personaOf(decided), decided.map(({ proposal }) => proposal)]
  if (showRefusal(execute(store, rejectProposals(proposals, newId(), stampNow())))) return
  const ids = proposals.map(({ memoryId }) => memoryId)
  showUndo(ids.length === 1 ? 'This is not kept' : `${ids.length} are not kept`, () => {
    showRefusal(execute(store, reopenProposals(personaId, ids, newId(), stampNow())))
  })
}

/** A memory that was kept without asking is forgotten, and not proposed again. */
export const takeBack = (store: PersonaStore, memoryId: string): void => {
  const proposal = store.query(proposalById$(memoryId))
  if (proposal === null) return
  const { personaId } = proposal
  const open = { ...proposal, decision: null }
  const reopened = () => reopenProposals(personaId, [memoryId], newId(), stampNow())
  const taken = together([
    forgetMemories(personaId, [memoryId], newId(), stampNow()),
    reopened(),
    rejectProposals([open], newId(), stampNow()),
  ])
  if (showRefusal(execute(store, taken))) return
  showUndo('This is forgotten', () => {
    const acceptance = { proposal: open, draft: draftOf(open), memory: memoryText(store, memoryId) }
    const accepted = acceptAsMemories([acceptance], 'policy', newId(), stampNow())
    showRefusal(execute(store, together([reopened(), accepted])))
  })
}

const personaOf = ([first]: readonly Decided[]) => first?.proposal.personaId ?? ''

/** The memory of a proposal that was accepted before, and taken back. */
const memoryText = (store: PersonaStore, memoryId: string) => {
  const [memory, body] = [store.query(memoryById$(memoryId)), store.query(memoryBody$(memoryId))]
  if (memory === null || body === null) return null
  return { ...memory, content: body.content, tags: store.query(tagsOfMemory$(memoryId)) }
}
