import { Schema } from '@livestore/livestore'
import type { Entry } from '#proof/chain.ts'
import { LogPage } from '#proof/log-page.ts'
import { ask, ServerRefused } from './server.ts'

/** Reads a store's log on the server page by page. A long log has more than it gives at once: then it is waited for. */
export const readLogPage =
  (storeId: string, signal?: AbortSignal) =>
  async (after: number): Promise<LogPage | Error> => {
    for (;;) {
      signal?.throwIfAborted()
      const answer = await ask('GET', `/api/stores/${storeId}/log?after=${after}&limit=1000`)
      if (!(answer instanceof Error)) return decodePage(answer)
      if (!(answer instanceof ServerRefused) || answer.code !== 'TooManyPages') return answer
      await new Promise((resume) => setTimeout(resume, untilMorePages))
    }
  }

/** All entries after this number. Throws why a page cannot be read. */
export async function* entriesAfter(storeId: string, after: number): AsyncGenerator<Entry, void> {
  const read = readLogPage(storeId)
  for (let [from, more] = [after, true]; more; ) {
    const page = await read(from)
    if (page instanceof Error) throw page
    yield* page.entries
    more = page.more && page.entries.length > 0
    from = page.entries.at(-1)?.n ?? from
  }
}

/** Milliseconds. */
const untilMorePages = 2000

const decodePage = Schema.decodeUnknownSync(LogPage)
