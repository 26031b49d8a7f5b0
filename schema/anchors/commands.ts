import { type Stamp, signature } from '#schema/shared/stamp.ts'
import { anchorEvents } from './events.ts'

interface SignedCheckpoint {
  /** None: the log of the workspace itself. */
  readonly personaId: string | undefined
  readonly seq: number
  readonly checkpoint: { readonly statement: string; readonly publicKey: string; readonly signature: string }
  readonly devicePublicKey: string
  readonly deviceSignature: string
}

export const anchorCheckpoint = ({ personaId, ...signed }: SignedCheckpoint, stamp: Stamp) =>
  anchorEvents.checkpointAnchored({
    ...(personaId === undefined ? {} : { personaId }),
    ...signed,
    anchoredAt: stamp.at,
    ...signature(stamp),
  })

/**
 * Whether what was verified is worth a fact: every 256 events, and once a day if there was any. `last`: the event that
 * this device anchored last, and when, or when it first looked.
 */
export const isAnchorDue = (
  last: { readonly seq: number; readonly at: Date },
  { seq, at }: { readonly seq: number; readonly at: Date },
): boolean => seq - last.seq >= everyEvents || (seq > last.seq && at.getTime() - last.at.getTime() >= everyMs)

const everyEvents = 256
const everyMs = 24 * 3600 * 1000
