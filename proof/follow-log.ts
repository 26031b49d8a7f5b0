import type { Entry, LogStart } from './chain.ts'
import { type Anchor, statementIn } from './checkpoint.ts'
import type { Evidence } from './claims.ts'
import { type Finding, weightOf } from './findings.ts'
import type { LogPage } from './log-page.ts'
import type { SignedText } from './signed-text.ts'
import { type Verification, verifyLog } from './verify.ts'

/** How far a log is verified, and what the server signed for it there. */
export interface VerifiedLog {
  readonly start: LogStart
  readonly seq: number
  readonly hash: string
  /** The key that the server signed with when somebody here first looked. */
  readonly serverKey: string
  readonly checkpoint: SignedText
}

export interface Witness {
  readonly known: VerifiedLog | undefined
  /** What devices of this person saw. */
  readonly anchors: readonly Anchor[]
  /** The last event that the server had confirmed to this device before it was asked. */
  readonly confirmed: number
}

export interface Followed {
  /** Undefined while the log is empty. */
  readonly verified: VerifiedLog | undefined
  /** Where the server's history is broken, or another than was seen; none: what is verified is to be kept. */
  readonly contradictions: readonly Finding[]
  /** Of what was read. */
  readonly verification: Verification
}

/** A page of the server's log, or why there is none. */
export type ReadPage = (after: number) => Promise<LogPage | Error>

/**
 * Reads on from what is known; what does not fit it is read again from the beginning, with all that was ever seen held
 * against it, so that the place can be named.
 */
export const followLog = async (read: ReadPage, witness: Witness): Promise<Followed | Error> => {
  const { known } = witness
  try {
    const onward = known === undefined ? undefined : await verifyOn(read, witness, known)
    return onward === undefined || onward.contradictions.length > 0 ? await verifyAll(read, witness) : onward
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** Reads all of it anew, whatever is known already. */
export const followWholeLog = (read: ReadPage, witness: Witness): Promise<Followed | Error> =>
  verifyAll(read, witness).catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))

const verifyOn = async (read: ReadPage, witness: Witness, known: VerifiedLog) => {
  const first = await pageAfter(read, known.seq)
  if (first.start.logId !== known.start.logId || first.after.hash !== known.hash) return undefined
  const evidence = evidenceOf(witness, first)
  const from = { seq: known.seq, hash: bytesOf(known.hash) }
  return outcomeOf(witness, first, await verifyLog(entriesIn(read, first), first.start, evidence, from))
}

const verifyAll = async (read: ReadPage, witness: Witness) => {
  const first = await pageAfter(read, 0)
  return outcomeOf(witness, first, await verifyLog(entriesIn(read, first), first.start, evidenceOf(witness, first)))
}

const pageAfter = async (read: ReadPage, after: number): Promise<LogPage> => {
  const page = await read(after)
  if (page instanceof Error) throw page
  return page
}

/** Up to the end that the first page states: what is accepted meanwhile is looked at next time. */
async function* entriesIn(read: ReadPage, first: LogPage): AsyncIterable<Entry> {
  const end = headOf(first)
  for (let page = first; ; page = await pageAfter(read, page.entries.at(-1)?.n ?? end)) {
    for (const entry of page.entries) {
      if (entry.n > end) return
      yield entry
    }
    if (!page.more || page.entries.length === 0) return
  }
}

const newestIn = ({ checkpoints }: LogPage): SignedText | undefined => checkpoints.at(-1)

const headOf = (page: LogPage): number => {
  const newest = newestIn(page)
  return (newest === undefined ? undefined : statementIn(newest)?.seq) ?? 0
}

const evidenceOf = ({ known, anchors }: Witness, first: LogPage): Evidence => {
  const newest = newestIn(first)
  const serverKey = known?.serverKey ?? newest?.publicKey
  return {
    checkpoints: newest === undefined ? [] : [newest],
    anchors,
    seen: known === undefined ? [] : [{ ...known, logId: known.start.logId }],
    serverKeys: serverKey === undefined ? [] : [serverKey],
    deviceKeys: anchors.map(({ devicePublicKey }) => devicePublicKey), // of the workspace's own log, which no server can write to
  }
}

const outcomeOf = ({ known, confirmed }: Witness, first: LogPage, verification: Verification): Followed => {
  const { findings, head } = verification
  const end = headOf(first)
  const withheld: Finding = { kind: 'truncated', seq: end, to: confirmed, by: 'memory' }
  const contradictions = [
    ...findings.filter((finding) => weightOf(finding) === 'broken' || finding.kind === 'truncated'),
    ...(end < confirmed && findings.every(({ kind }) => kind !== 'truncated') ? [withheld] : []),
  ]
  const checkpoint = newestIn(first)
  const verified =
    checkpoint === undefined || head === null
      ? known
      : { start: first.start, ...head, serverKey: known?.serverKey ?? checkpoint.publicKey, checkpoint }
  return { verified, contradictions, verification }
}

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
