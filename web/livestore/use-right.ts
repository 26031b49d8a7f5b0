import { useSyncExternalStore } from 'react'
import type { Right } from './device-db.ts'
import { mayWrite, rightTo, subscribeToRights } from './rights.ts'
import { useIsPast, usePersonaId } from './store-views.tsx'
import { personaStoreId } from './stores.ts'

/** The right of this device to a persona; undefined of one that the server said nothing of yet, which is its own. */
export const useRight = (personaId: string): Right | undefined =>
  useSyncExternalStore(subscribeToRights, () => rightTo(personaStoreId(personaId)))

/** Whether the persona around this view can be changed here. It follows its owner's decisions, and the past stays as it was. */
export const useMayWrite = (): boolean => {
  const isPast = useIsPast()
  return mayWrite(useRight(usePersonaId())) && !isPast
}

/** Whether the persona around this view is one's own, and now: only its owner erases. */
export const useIsOwner = (): boolean => {
  const isPast = useIsPast()
  return (useRight(usePersonaId())?.role ?? 'owner') === 'owner' && !isPast
}
