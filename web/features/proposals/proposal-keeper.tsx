import { useEffect, useRef } from 'react'
import { providerAccounts$ } from '#schema/providers/queries.ts'
import { usePersonaId, usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { leaveConversation } from '#web/services/proposals.ts'
import { makeDepartures } from './departures.ts'

const departures = makeDepartures((run) => {
  const timer = setTimeout(run, 1000)
  return () => clearTimeout(timer)
})

/** Looks for what is worth remembering when a conversation is left, or the page is hidden. Shows nothing. */
export const ProposalKeeper = ({ conversationId }: { readonly conversationId: string }) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const accounts = useWorkspaceStore().useQuery(providerAccounts$)
  // Read when the chat is left: a change of it leaves nothing.
  const hasModels = useRef(false)
  useEffect(() => {
    hasModels.current = accounts.some(({ models }) => models.length > 0)
  }, [accounts])
  useEffect(() => {
    departures.stay(conversationId)
    const propose = () => {
      try {
        leaveConversation(store, personaId, conversationId, hasModels.current)
      } catch (error) {
        console.error('What was said could not be looked through.', error) // the store may be gone: it is done at the next leaving
      }
    }
    const onHide = () => document.visibilityState === 'hidden' && propose()
    document.addEventListener('visibilitychange', onHide)
    return () => {
      document.removeEventListener('visibilitychange', onHide)
      departures.leave(conversationId, propose)
    }
  }, [store, personaId, conversationId])
  return null
}
