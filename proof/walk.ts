import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import { type Entry, entryFormat, type LogStart, linkHash } from './chain.ts'
import type { Claim } from './claims.ts'
import type { Finding, Source } from './findings.ts'
import type { Hash } from './hash.ts'

/** An event of the log that is known already, and its hash. The beginning is event 0. */
export interface Known {
  readonly seq: number
  readonly hash: Uint8Array
}

/**
 * Walks a log from a known event on, one entry at a time, and says what is wrong where.
 *
 *     expected 7    7 8 9     in place
 *                   8 9 10    7 is missing: the next entry follows this one
 *                   9 8 …     9 stands where 7 belongs: the next entry is the one after 7
 *                   6 7 8     6 stands here twice: the next entry is the one that belongs here
 *
 * Invariants: an entry in place is checked against the hash that the entry before it states, so that one broken entry is
 * named once and the walk goes on; after a gap there is nothing to check the next entry against, and the gap is named.
 * What is kept does not grow with the log: gaps, entries that came early, and at most `maxFindings` findings.
 */
export const makeWalk = (start: LogStart, from: Known, claims: ReadonlyMap<number, readonly Claim[]>, sha256: Hash) => {
  const findings: Finding[] = []
  let unsaid = 0
  let expected = from.seq + 1
  let events = 0
  let foundLater = 0
  let { epoch } = start
  let acceptedAt = Number.NEGATIVE_INFINITY
  /** The hash before the entry that is expected, when it is known. */
  let basis: Uint8Array | undefined = from.hash
  let attestedUpTo = from.seq
  let isRewritten = false
  const gaps: { from: number; to: number }[] = []
  const early = new Map<number, string>()

  const find = (finding: Finding) => {
    if (findings.length < maxFindings) findings.push(finding)
    else unsaid++
  }

  const closeGap = (n: number): boolean => {
    const index = gaps.findIndex((gap) => gap.from <= n && n <= gap.to)
    const gap = gaps[index]
    if (gap === undefined) return false
    const left = [
      { from: gap.from, to: n - 1 },
      { from: n + 1, to: gap.to },
    ].filter((part) => part.from <= part.to)
    gaps.splice(index, 1, ...left)
    return true
  }

  /** Something else stands where an event belongs. */
  const leaveSlot = () => {
    if (gaps.length < maxFindings) gaps.push({ from: expected, to: expected })
    basis = undefined
    expected++
  }

  /** By each source; what a stronger one attested counts for the weaker, not the other way round. */
  const attestedBy = { memory: from.seq, anchor: from.seq, checkpoint: from.seq }

  const attest = (seq: number, hash: string) => {
    const about = claims.get(seq) ?? []
    const contradicting = about.find((claim) => claim.hash !== hash)
    if (contradicting !== undefined) {
      const { by } = contradicting
      if (!isRewritten) find({ kind: 'rewritten', seq, after: seq === from.seq ? 0 : attestedBy[by], by })
      isRewritten = true
    } else if (about.length > 0) {
      attestedUpTo = Math.max(attestedUpTo, seq)
      isRewritten = false
      for (const { by } of about) for (const weaker of weakerThan[by]) attestedBy[weaker] = seq
    }
  }

  /** What came early is not missing. */
  const skipEarly = () => {
    for (let hash = early.get(expected); hash !== undefined; hash = early.get(expected)) {
      early.delete(expected)
      attest(expected, hash)
      basis = hashOf(hash)
      expected++
    }
  }

  const takeInPlace = (entry: Entry, next: Entry | undefined) => {
    const { n, hash } = entry
    expected = n + 1
    if (entry.acceptedAt < acceptedAt) find({ kind: 'clockBack', seq: n, by: acceptedAt - entry.acceptedAt })
    if (entry.foundAt !== null) foundLater++
    acceptedAt = entry.acceptedAt
    epoch = entry.epoch
    const computed = basis === undefined ? undefined : linkHash(basis, entry, sha256)
    if (computed === undefined || bytesToHex(computed) === hash) {
      basis = computed ?? hashOf(hash)
      return attest(n, hash)
    }
    // The next entry, or what was attested, tells whether the event was changed or the hash beside it.
    const isHash =
      next?.n === n + 1
        ? bytesToHex(linkHash(computed, next, sha256)) === next.hash
        : (claims.get(n) ?? []).some((claim) => claim.hash === bytesToHex(computed))
    find({ kind: 'changed', seq: n, what: isHash ? 'hash' : 'event' })
    basis = isHash ? computed : hashOf(hash)
    attest(n, isHash ? bytesToHex(computed) : hash)
  }

  const takeMisplaced = (entry: Entry, next: Entry | undefined) => {
    const { n, hash } = entry
    const place = expected
    const isSeen = early.has(n) || (n >= 1 && n < expected && !closeGap(n))
    find(isSeen ? { kind: 'doubled', seq: n, place } : { kind: 'outOfPlace', seq: n, place })
    if (n >= expected && early.size < maxFindings) early.set(n, hash)
    if (next?.n !== expected + 1) return
    leaveSlot()
  }

  attest(from.seq, bytesToHex(from.hash))

  return {
    /** The next entry, and the one after it if there is one. */
    take: (entry: Entry, next: Entry | undefined): void => {
      events++
      skipEarly()
      const isInserted = next?.n === expected
      if (entry.storeId !== start.storeId || !(entry.epoch >= epoch)) {
        find({ kind: 'foreign', place: expected, storeId: entry.storeId, epoch: entry.epoch })
        if (!isInserted) leaveSlot()
      } else if (entry.format !== entryFormat) {
        find({ kind: 'unknownFormat', place: expected, format: entry.format })
        if (!isInserted) {
          basis = undefined
          expected++
        }
      } else if (entry.n === expected) {
        takeInPlace(entry, next)
      } else if (entry.n > expected && !isInserted && next?.n !== expected + 1) {
        if (gaps.length < maxFindings) gaps.push({ from: expected, to: entry.n - 1 })
        basis = undefined
        takeInPlace(entry, next)
      } else takeMisplaced(entry, next)
    },

    end: () => {
      skipEarly()
      const last = expected - 1
      for (const gap of gaps.toSorted((a, b) => a.from - b.from)) find({ kind: 'missing', seq: gap.from, to: gap.to })
      const ahead = [...claims.values()].flat().filter(({ seq }) => seq > last)
      const furthest = ahead.toSorted((a, b) => b.seq - a.seq)[0]
      if (furthest !== undefined) find({ kind: 'truncated', seq: last, to: furthest.seq, by: furthest.by })
      if (attestedUpTo < last) find({ kind: 'unattested', after: attestedUpTo, seq: last })
      return { findings, unsaid, events, foundLater, attestedUpTo, head: { seq: last, hash: basis } }
    },
  }
}

const maxFindings = 1000

/** Who has seen it himself believes nobody who says otherwise; a server signs whatever history it shows. */
const weakerThan: Readonly<Record<Source, readonly Source[]>> = {
  memory: ['memory', 'anchor', 'checkpoint'],
  anchor: ['anchor', 'checkpoint'],
  checkpoint: ['checkpoint'],
}

const hashOf = (hex: string): Uint8Array | undefined => (/^[0-9a-f]{64}$/.test(hex) ? hexToBytes(hex) : undefined)
