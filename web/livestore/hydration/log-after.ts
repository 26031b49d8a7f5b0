import { findingSentence } from '#proof/findings.ts'
import { followLog, type ReadPage, type VerifiedLog, type Witness } from '#proof/follow-log.ts'
import type { ConfirmedEvent } from '#schema/stores/hydration.ts'
import type { SubjectKeys } from '#sealing/subject-keys.ts'
import { confirmedEvents } from './confirmed-events.ts'
import { endOf } from './fetch-page.ts'

interface Reader {
  readonly storeId: string
  readonly keys: SubjectKeys
  readonly readPage: ReadPage
  /** Up to where somebody of this person verified it. */
  readonly known: VerifiedLog
  readonly anchors: Witness['anchors']
  /** Takes the events of a page, in order, and gives why it takes no more. */
  readonly take: (events: readonly ConfirmedEvent[]) => Error | undefined
  readonly onProgress: (done: number, of: number) => void
}

/** The server’s log after a verified event. Only what is verified whole comes back as read; nothing before it is asked for. */
export const readLogAfter = async (reader: Reader): Promise<VerifiedLog | Error> => {
  const { storeId, keys, readPage, known, anchors, take, onProgress } = reader
  let [end, taken] = [0, known.seq]
  const followed = await followLog(
    async (after) => {
      if (after < known.seq) return new Error('The server’s history is another one.')
      const page = await readPage(after)
      if (page instanceof Error) return page
      if (after === known.seq) end = endOf(page)
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
    { known, anchors, confirmed: known.seq },
  )
  if (followed instanceof Error) return followed
  const [contradiction] = followed.contradictions
  if (contradiction !== undefined) return new Error(findingSentence(contradiction))
  if (followed.verified?.seq !== taken) return new Error('The server’s log ended before its end.')
  return followed.verified
}
