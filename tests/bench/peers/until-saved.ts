import type { Store } from '@livestore/livestore'

/** Resolves once LiveStore's leader has on its disk what was committed. Asked again and again: its subscription comes later. */
export const untilSaved = async (store: Pick<Store, 'syncStatus'>) => {
  while (store.syncStatus().pendingCount > 0) await new Promise((resume) => setTimeout(resume))
}
