import { useMemo } from 'react'
import { memoryTies$, networkConversations$, networkMemories$ } from '#schema/stores/memory-network.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { type Network, networkOf, tiedConversations } from './network.ts'

/** The network of these memories, live. */
export const useNetwork = (ids: readonly string[]): Network => {
  const store = usePersonaStore()
  const memories = store.useQuery(useMemo(() => networkMemories$(ids), [ids]))
  const ties = store.useQuery(useMemo(() => memoryTies$(ids), [ids]))
  const conversations = store.useQuery(useMemo(() => networkConversations$(tiedConversations(ties)), [ties]))
  return useMemo(() => networkOf({ memories, ties, conversations }), [memories, ties, conversations])
}
