import type { Right } from './device-db.ts'
import { mayWrite, rightTo, subscribeToRights } from './rights.ts'
import { pool } from './stores.ts'
import { allSyncStatuses, subscribeToSync } from './sync-status.ts'

/**
 * Does at once what a change of rights asks for. Called once, at start.
 *
 *   a right ends            its store is closed: nothing more is asked of the server, and what is here stays
 *   writing is withdrawn    what waits would be refused for ever: it is set aside, and the log fetched as the others have it
 */
export const followRights = () => {
  const stops = [subscribeToRights(closeEnded), pool.subscribe(closeEnded), subscribeToSync(setRefusedAside)]
  return () => {
    for (const stop of stops) stop()
  }
}

const closeEnded = () => {
  for (const storeId of pool.openIds()) if (rightTo(storeId)?.endedAt != null) void pool.close(storeId)
}

const setRefusedAside = () => {
  for (const { storeId, refusal, waiting } of allSyncStatuses())
    if (refusal !== null && waiting > 0 && mayOnlyRead(rightTo(storeId))) void setWaitingAside(storeId)
}

const mayOnlyRead = (right: Right | undefined) => right?.endedAt === null && !mayWrite(right)

/** Of all tabs, one does. */
const setWaitingAside = (storeId: string) =>
  navigator.locks.request(`pjai-refused-${storeId}`, { ifAvailable: true }, async (lock) => {
    if (lock === null) return
    const { setAsideAndRefetch } = await import('./recovery.ts')
    await setAsideAndRefetch(storeId, 'You may only read this persona now.', 'unconfirmed')
  })
