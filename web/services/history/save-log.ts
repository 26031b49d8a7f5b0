import { StoreInternalsSymbol } from '@livestore/livestore'
import { Effect } from 'effect'
import type { HistoryNote } from '#web/livestore/device-db.ts'
import { factsIn } from '#web/livestore/eventlog.ts'
import { pool } from '#web/livestore/stores.ts'

/** Saves what this device holds of a log to a file, with what it had verified. Gives how many events. */
export const saveLog = async (
  storeId: string,
  { verified, alert }: Pick<HistoryNote, 'verified' | 'alert'>,
): Promise<number> => {
  const store = await pool.open(storeId)
  const log = await Effect.runPromise(store[StoreInternalsSymbol].clientSession.leaderThread.getEventlogData)
  const facts = await factsIn(log, 'all')
  const content = JSON.stringify({ storeId, verified, alert, facts }, null, 1)
  const url = URL.createObjectURL(new Blob([content], { type: 'application/json' }))
  const link = Object.assign(document.createElement('a'), { href: url, download: `log-${storeId}.json` })
  link.click()
  URL.revokeObjectURL(url)
  return facts.length
}
