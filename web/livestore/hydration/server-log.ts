import { openedEntries } from '#bundle/opened-events.ts'
import type { Entry } from '#proof/chain.ts'
import { findingSentence } from '#proof/findings.ts'
import { followLog, followWholeLog, type ReadPage, type VerifiedLog, type Witness } from '#proof/follow-log.ts'
import type { LogPage } from '#proof/log-page.ts'
import type { ConfirmedEvent } from '#schema/stores/hydration.ts'
import type { SubjectKeys } from '#sealing/subject-keys.ts'
import { endOf } from './fetch-page.ts'

export interface LogReader {
  readonly storeId: string
  readonly keys: SubjectKeys
  /** Never throws. */
  readonly readPage: ReadPage
  readonly witness: Pick<Witness, 'known' | 'anchors'>
  /** Up to where somebody of this person verified it: nothing before is asked for. */
  readonly from?: VerifiedLog | undefined
  /** Logs with fewer events are not read. */
  readonly fewest: number
  /** Takes the events of a page, in order, of so many in all; the next ones when there is room for them. */
  readonly take: (events: readonly ConfirmedEvent[], of: number) => Promise<void>
}

/**
 * The server’s log from its first event, or from a verified one, up to the newest checkpoint it signed when the first page
 * was asked for: while a page is verified and taken, the next one is opened and the one after it on its way. Only what is verified whole comes back
 * as read.
 */
export const readServerLog = async (reader: LogReader): Promise<VerifiedLog | 'short' | Error> => {
  const { storeId, keys, readPage, witness, from, fewest, take } = reader
  const first = from?.seq ?? 0
  const table = keys.generations() // which reads all of it, while the first page is on its way
  table.catch(() => undefined) // the log may be short
  let [end, taken] = [0, first]
  const pageAfter = ahead(readPage, (page) => page)
  const openedAfter = ahead<OpenedPage>(
    async (after) => {
      const page = await pageAfter(after)
      if (page instanceof Error) return page
      if (after === first) end = endOf(page)
      if (end < fewest) return new TooShort()
      await table
      const entries = page.entries.filter(({ n }) => n <= end)
      return { page, events: await confirmedEvents(entries, keys, storeId) }
    },
    ({ page }) => page,
  )
  const read: ReadPage = async (after) => {
    if (after < first) return new Error('The server’s history is another one.')
    const opened = await openedAfter(after)
    if (opened instanceof Error) return opened
    const { page, events } = opened
    await take(events, end)
    taken = events.at(-1)?.seqNum ?? taken
    return page
  }
  const followed =
    from === undefined
      ? await followWholeLog(read, { ...witness, confirmed: 0 })
      : await followLog(read, { ...witness, known: from, confirmed: first })
  if (followed instanceof TooShort) return 'short'
  if (followed instanceof Error) return followed
  const { verified, contradictions } = followed
  const [contradiction] = contradictions
  if (contradiction !== undefined) return new Error(findingSentence(contradiction))
  if (verified === undefined || verified.seq !== taken) return new Error('The server’s log ended before its end.')
  return verified
}

class TooShort extends Error {}

interface OpenedPage {
  readonly page: LogPage
  readonly events: readonly ConfirmedEvent[]
}

/** As `read`, which is asked for the next page as soon as a page is there. */
const ahead = <A>(read: (after: number) => Promise<A | Error>, pageIn: (read: A) => LogPage) => {
  const asked = new Map<number, Promise<A | Error>>()
  const ask = (after: number) => {
    const answer = asked.get(after) ?? read(after).catch(asError)
    asked.set(after, answer)
    return answer
  }
  return async (after: number) => {
    const answer = await ask(after)
    asked.delete(after)
    const page = answer instanceof Error ? undefined : pageIn(answer)
    const last = page?.more === true ? page.entries.at(-1) : undefined
    if (last !== undefined) void ask(last.n)
    return answer
  }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

const confirmedEvents = async (
  entries: readonly Entry[],
  keys: SubjectKeys,
  storeId: string,
): Promise<readonly ConfirmedEvent[]> => {
  const opened = await openedEntries(entries, keys, storeId)
  return opened.map(({ seqNum, name, args, receivedAt, device }, index) => {
    const { parent = 0, session = '' } = entries[index] ?? {}
    return { seqNum, name, args, receivedAt, parentSeqNum: parent, clientId: device, sessionId: session }
  })
}
