import { openedEvents } from '#bundle/opened-events.ts'
import type { Entry } from '#proof/chain.ts'
import { statementIn } from '#proof/checkpoint.ts'
import { findingSentence } from '#proof/findings.ts'
import { followWholeLog, type ReadPage, type VerifiedLog, type Witness } from '#proof/follow-log.ts'
import type { LogPage } from '#proof/log-page.ts'
import type { ConfirmedEvent } from '#schema/stores/hydration.ts'
import type { SubjectKeys } from '#sealing/subject-keys.ts'

interface Reader {
  readonly storeId: string
  readonly keys: SubjectKeys
  /** Never throws. */
  readonly readPage: ReadPage
  readonly witness: Pick<Witness, 'known' | 'anchors'>
  /** Logs with fewer events are not read. */
  readonly fewest: number
  /** Takes the events of a page, in order, and gives why it takes no more. */
  readonly take: (events: readonly ConfirmedEvent[]) => Error | undefined
  readonly onProgress: (done: number, of: number) => void
}

/**
 * The server’s log from its first event up to the newest checkpoint it signed when the first page was asked for: while a
 * page is opened and taken, the next one is on its way. Only what is verified whole comes back as read.
 */
export const readServerLog = async (reader: Reader): Promise<VerifiedLog | 'short' | Error> => {
  const { storeId, keys, readPage, witness, fewest, take, onProgress } = reader
  const pageAfter = ahead(readPage)
  let [end, taken] = [0, 0]
  const followed = await followWholeLog(
    async (after) => {
      const page = await pageAfter(after)
      if (page instanceof Error) return page
      if (after === 0) end = endOf(page)
      if (end < fewest) return new TooShort()
      const events = await confirmedEvents(
        page.entries.filter(({ n }) => n <= end),
        keys,
        storeId,
      )
      const refused = take(events)
      if (refused !== undefined) return refused
      taken = events.at(-1)?.seqNum ?? taken
      onProgress(taken, end)
      return page
    },
    { ...witness, confirmed: 0 },
  )
  if (followed instanceof TooShort) return 'short'
  if (followed instanceof Error) return followed
  const { verified, contradictions } = followed
  const [contradiction] = contradictions
  if (contradiction !== undefined) return new Error(findingSentence(contradiction))
  if (verified === undefined || verified.seq !== taken) return new Error('The server’s log ended before its end.')
  return verified
}

class TooShort extends Error {}

const endOf = ({ checkpoints }: LogPage): number => {
  const newest = checkpoints.at(-1)
  return (newest === undefined ? undefined : statementIn(newest)?.seq) ?? 0
}

const ahead = (read: ReadPage): ReadPage => {
  const asked = new Map<number, ReturnType<ReadPage>>()
  const ask = (after: number) => {
    const page = asked.get(after) ?? read(after)
    asked.set(after, page)
    return page
  }
  return async (after) => {
    const page = await ask(after)
    asked.delete(after)
    const last = page instanceof Error || !page.more ? undefined : page.entries.at(-1)
    if (last !== undefined) void ask(last.n)
    return page
  }
}

const confirmedEvents = async (
  entries: readonly Entry[],
  keys: SubjectKeys,
  storeId: string,
): Promise<readonly ConfirmedEvent[]> => {
  const events: ConfirmedEvent[] = []
  for await (const { seqNum, name, args, receivedAt, device } of openedEvents(inTurn(entries), keys, storeId)) {
    const { parent = 0, session = '' } = entries[events.length] ?? {}
    events.push({ seqNum, name, args, receivedAt, parentSeqNum: parent, clientId: device, sessionId: session })
  }
  return events
}

async function* inTurn(entries: readonly Entry[]) {
  yield* entries
}
