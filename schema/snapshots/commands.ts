import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { type SnapshotFacts, snapshotEvents } from './events.ts'

export const noteSnapshot = (personaId: string, made: SnapshotFacts, stamp: Stamp) =>
  snapshotEvents.snapshotMade({ personaId, ...made, madeAt: stamp.at, ...signature(stamp) })

/** Whether a new device would have much to read after the last snapshot, or all of a long log. */
export const isSnapshotDue = (head: number, last: { readonly seq: number } | null): boolean =>
  head - (last?.seq ?? 0) >= dueAfterEvents

const dueAfterEvents = 20_000

/** A shorter log opens as soon without one. */
export const isSnapshotOfUse = (head: number): boolean => head >= usefulFromEvents

const usefulFromEvents = 2000
