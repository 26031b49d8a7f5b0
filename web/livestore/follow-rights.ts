import { setAsideAndRefetch } from './recovery.ts'
import { rightTo, subscribeToRights } from './rights.ts'
import { pool } from './stores.ts'
import { allSyncStatuses, subscribeToSync } from './sync-status.ts'

/**
 * Does at once what a change of rights asks for. Called once, at start.
 *
 *   a right ends            its store is closed: nothing more is asked of the server, and what is here stays
 *   writing is withdrawn    what waits would be refused for ever: it is set aside, and the log fetched as the others have it
 */
export const followRights = () => {
  const stops = [subscribeToRights(closeEnded), subscribeToSync(setRefusedAside)]
  return () => {
    for (const stop of stops) stop()
  }
}

const closeEnded = () => {
  for (const storeId of pool.openIds()) if (rightTo(storeId)?.endedAt != null) void pool.close(storeId)
}

const setRefusedAside = () => {
  for (const { storeId, refusal } of allSyncStatuses())
    if (refusal?.code === 'RoleMayNotWrite') void setWaitingAside(storeId)
}

/** Of all tabs, one does. */
const setWaitingAside = (storeId: string) =>
  navigator.locks.request(`pjai-refused-${storeId}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) return
    await setAsideAndRefetch(storeId, 'You may only read this persona now.', 'unconfirmed')
  })
