import { Schema } from '@livestore/livestore'
import type { ReadPage } from '#proof/follow-log.ts'
import { LogPage } from '#proof/log-page.ts'
import { send } from '#web/services/server.ts'

/** A page of a store’s log, as long as the server gives one at most. */
export const fetchPageOf =
  (storeId: string): ReadPage =>
  async (after) => {
    const signal = AbortSignal.timeout(patience)
    const answer = await send(`/api/stores/${storeId}/log?after=${after}&limit=1000`, { method: 'GET', signal })
    if (answer instanceof Error) return answer
    return answer.json().then(decodePage).catch(asError)
  }

/** Milliseconds; for a megabyte. */
const patience = 20_000

const decodePage = Schema.decodeUnknownSync(LogPage)

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
