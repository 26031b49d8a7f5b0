import type { Entry } from '#proof/chain.ts'
import { statementIn } from '#proof/checkpoint.ts'
import { claimsIn, noEvidence } from '#proof/claims.ts'
import { type Finding, weightOf } from '#proof/findings.ts'
import type { ReadPage } from '#proof/follow-log.ts'
import type { LogPage } from '#proof/log-page.ts'
import type { SignedText } from '#proof/signed-text.ts'
import { type Verification, verifyLog } from '#proof/verify.ts'
import type { Witness } from '#sealing/share-link.ts'
import { type LogStructure, makeStructure } from './log-structure.ts'

export interface SeenLog {
  readonly logId: string
  readonly seq: number
  readonly hash: string
}

/** What came of it: verdicts and findings, the log as its entries show it, and what it was held against. */
export interface VerifiedAudit extends Verification {
  readonly start: LogPage['start']
  readonly structure: LogStructure
  readonly checkpoints: readonly SignedText[]
  readonly serverKey: string
}

interface AuditAsked {
  readonly read: ReadPage
  /** What the server says it signs with. The owner's word on that outweighs it. */
  readonly toldKey: string
  readonly witness: Witness
  readonly seen: SeenLog | null
  readonly onProgress: (done: number, of: number) => void
}

/**
 * Reads the server's log once, page by page, and verifies it as it comes, without any key: against its newest checkpoint,
 * the owner's anchors and what was seen here before; then against each checkpoint that the server kept.
 */
export const verifyAudit = async (asked: AuditAsked): Promise<VerifiedAudit | Error> => {
  try {
    return await verify(asked)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

const verify = async ({ read, toldKey, witness, seen, onProgress }: AuditAsked): Promise<VerifiedAudit> => {
  const first = await pageAfter(read, 0)
  const newest = first.checkpoints.at(-1)
  const end = (newest === undefined ? undefined : statementIn(newest)?.seq) ?? 0
  const { take, structure } = makeStructure()
  const kept: SignedText[] = []

  async function* entries(): AsyncIterable<Entry> {
    for (let page = first; ; page = await pageAfter(read, page.entries.at(-1)?.n ?? end)) {
      kept.push(...page.checkpoints.filter((signed) => (statementIn(signed)?.seq ?? 0) < end))
      for (const entry of page.entries) {
        if (entry.n > end) return // accepted meanwhile: looked at next time
        take(entry)
        yield entry
      }
      onProgress(page.entries.at(-1)?.n ?? end, end)
      if (!page.more || page.entries.length === 0) return
    }
  }

  const serverKey = witness.serverKey ?? toldKey
  const keys = { serverKeys: [serverKey], deviceKeys: witness.anchors.map(({ devicePublicKey }) => devicePublicKey) }
  const verification = await verifyLog(entries(), first.start, {
    ...keys,
    checkpoints: newest === undefined ? [] : [newest],
    anchors: witness.anchors,
    seen: seen === null ? [] : [seen],
  })
  const log = structure()
  const doubts = await doubtsAbout(first.start, log, kept, serverKey)
  return {
    ...verification,
    isIntact: verification.isIntact && doubts.every((finding) => weightOf(finding) !== 'broken'),
    findings: [...verification.findings, ...doubts],
    start: first.start,
    structure: log,
    checkpoints: newest === undefined ? kept : [...kept, newest],
    serverKey,
  }
}

const pageAfter = async (read: ReadPage, after: number): Promise<LogPage> => {
  const page = await read(after)
  if (page instanceof Error) throw page
  return page
}

/** What the server signed earlier and does not fit the log that it shows now. */
const doubtsAbout = async (
  start: LogPage['start'],
  { entries }: LogStructure,
  checkpoints: readonly SignedText[],
  serverKey: string,
): Promise<readonly Finding[]> => {
  const { claims, findings } = await claimsIn(start, { ...noEvidence, checkpoints, serverKeys: [serverKey] })
  const hashes = new Map(entries.map(({ n, hash }) => [n, hash]))
  let after = 0
  const contradicted = [...claims]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([seq, about]): readonly Finding[] => {
      const isSame = about.every(({ hash }) => hash === hashes.get(seq))
      const finding: Finding = { kind: 'rewritten', seq, after, by: 'checkpoint' }
      if (isSame) after = seq
      return isSame ? [] : [finding]
    })
  return [...findings, ...contradicted.slice(0, 1)]
}
