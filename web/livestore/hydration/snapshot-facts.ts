import type { SnapshotFacts } from '#schema/snapshots/events.ts'
import type { TakenSnapshot } from './hydration-protocol.ts'

/** What other devices are told of a snapshot, but for where its bytes are. */
export const factsOf = ({ verified, form, eventlogBytes, keyRows }: TakenSnapshot): Omit<SnapshotFacts, 'file'> => {
  const { start, seq, checkpoint } = verified
  return { seq, firstEpoch: start.epoch, checkpoint, form, eventlogBytes, keyRows }
}
