import { statementIn } from '#proof/checkpoint.ts'
import type { ReadPage } from '#proof/follow-log.ts'
import { LogPage } from '#proof/log-page.ts'
import { decoderOf } from '#schema/shared/quick-schema.ts'
import { send } from '#web/services/server.ts'

/** A page of a store’s log, as long as the server gives one at most: a megabyte. `patience`: milliseconds. */
export const fetchPageOf =
  (storeId: string, most = 1000, patience = 20_000): ReadPage =>
  async (after) => {
    const signal = AbortSignal.timeout(patience)
    const answer = await send(`/api/stores/${storeId}/log?after=${after}&limit=${most}`, { method: 'GET', signal })
    if (answer instanceof Error) return answer
    return answer.json().then(decodePage).catch(asError)
  }

/** The last event of the log when the page was asked for, as the server signed it. */
export const endOf = ({ checkpoints }: LogPage): number => {
  const newest = checkpoints.at(-1)
  return (newest === undefined ? undefined : statementIn(newest)?.seq) ?? 0
}

/** How long the server’s log of a store is, told by its smallest page; 0 where nobody answers. */
export const eventsElsewhere = async (storeId: string): Promise<number> => {
  const page = await fetchPageOf(storeId, 1, 5000)(0)
  return page instanceof Error ? 0 : endOf(page)
}

const decodePage = decoderOf(LogPage)

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
