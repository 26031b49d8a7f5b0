import { bytesToHex } from '@noble/hashes/utils.js'
import { type Entry, type LogStart, startHash } from './chain.ts'
import { claimsIn, type Evidence } from './claims.ts'
import { type Finding, weightOf } from './findings.ts'
import { makeHash } from './hash.ts'
import { type Known, makeWalk } from './walk.ts'

export interface Verification {
  /** What is there is what was accepted, in its order, and as everybody saw it who attested it. */
  readonly isIntact: boolean
  /** Nothing is missing that anybody attested, and what attests it reaches the end. */
  readonly isComplete: boolean
  readonly findings: readonly Finding[]
  /** Findings beyond those. */
  readonly unsaid: number
  /** How many entries were read. */
  readonly events: number
  /** Of them, those that the server found in the log later: it cannot say who sent them. */
  readonly foundLater: number
  /** The last event that something attests. */
  readonly attestedUpTo: number
  readonly head: { readonly seq: number; readonly hash: string } | null
}

/**
 * Checks a log against itself and against what attests it, in one pass and little memory. Nothing in the entries or the
 * evidence makes it throw: what it does not understand is a finding.
 */
export const verifyLog = async (
  entries: AsyncIterable<Entry> | Iterable<Entry>,
  start: LogStart,
  evidence: Evidence,
  from: Known = { seq: 0, hash: startHash(start) },
): Promise<Verification> => {
  const { claims, findings: doubts } = await claimsIn(start, evidence)
  const walk = makeWalk(start, from, claims, await makeHash())
  let held: Entry | undefined
  for await (const entry of entries) {
    if (held !== undefined) walk.take(held, entry)
    held = entry
  }
  if (held !== undefined) walk.take(held, undefined)

  const { findings: found, head, ...rest } = walk.end()
  const findings = [...doubts, ...found]
  const weights = new Set(findings.map(weightOf))
  return {
    ...rest,
    findings,
    isIntact: !weights.has('broken'),
    isComplete: !weights.has('incomplete') && !findings.some(({ kind }) => kind === 'missing'),
    head: head.hash === undefined ? null : { seq: head.seq, hash: bytesToHex(head.hash) },
  }
}
