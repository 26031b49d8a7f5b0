import { openedEvents } from '#bundle/opened-events.ts'
import type { LogEvent } from '#schema/stores/replay.ts'
import type { OpenDatabase } from '#schema/stores/replay-database.ts'
import { readEventlogFile } from '#web/livestore/shard-files.ts'
import { whileClosed } from '#web/livestore/shard-lock.ts'
import { makeKeysOf } from '#web/livestore/store-keys.ts'
import { logIn } from '#web/services/history/log-in.ts'
import { entriesAfter } from '#web/services/log-pages.ts'

interface WholeLog {
  /** Those the server has, in its order; then those of this device that it does not have yet. */
  readonly events: readonly LogEvent[]
  readonly confirmed: number
  readonly behind: string | null
}

/**
 * The log of a closed store: from its file on this device, if there is one, and from there on as the server has it. The
 * server is not asked for what is known to be here up to its `head`: it writes down whoever reads.
 */
export const wholeLog = async (openDatabase: OpenDatabase, storeId: string, head: number): Promise<WholeLog> => {
  const here = await logHere(openDatabase, storeId)
  if (here.confirmed > 0 && here.confirmed >= head) return { ...here, behind: null }
  const ours = here.events.filter(({ seqNum }) => seqNum <= here.confirmed)
  const pending = here.events.filter(({ seqNum }) => seqNum > here.confirmed)
  try {
    const theirs = await eventsAfter(storeId, here.confirmed)
    const confirmed = theirs.at(-1)?.seqNum ?? here.confirmed
    return { events: [...ours, ...theirs, ...pending], confirmed, behind: null }
  } catch (error) {
    if (here.events.length === 0) throw error
    return { events: here.events, confirmed: here.confirmed, behind: String(error) }
  }
}

const logHere = async (openDatabase: OpenDatabase, storeId: string) => {
  try {
    const bytes = await whileClosed(storeId, () => readEventlogFile(storeId))
    if (bytes !== undefined && bytes.byteLength > 0) return logIn(openDatabase, bytes)
  } catch {
    // Cut short by a crash, or broken: whoever opens it next mends it, and the server has what it took.
  }
  return { events: [], confirmed: 0 }
}

const eventsAfter = async (storeId: string, after: number): Promise<readonly LogEvent[]> => {
  const events: LogEvent[] = []
  for await (const event of openedEvents(entriesAfter(storeId, after), await makeKeysOf(storeId), storeId))
    events.push(event)
  return events
}
