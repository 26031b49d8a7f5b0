import { openedEntries } from '#bundle/opened-events.ts'
import type { Entry } from '#proof/chain.ts'
import type { ConfirmedEvent } from '#schema/stores/hydration.ts'
import type { SubjectKeys } from '#sealing/subject-keys.ts'

/** What the server has confirmed, opened. */
export const confirmedEvents = async (
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
