import type { LogStart } from './chain.ts'
import { type Anchor, signedByDevice, statementIn } from './checkpoint.ts'
import type { Finding, Source } from './findings.ts'
import { isSigned, type SignedText } from './signed-text.ts'

/** What is held against a log: that up to event `seq` its chain has this hash. */
export interface Claim {
  readonly seq: number
  readonly hash: string
  readonly by: Source
}

export interface Evidence {
  readonly checkpoints: readonly SignedText[]
  readonly anchors: readonly Anchor[]
  /** What whoever asks has seen himself; believed without a signature. */
  readonly seen: readonly { readonly logId: string; readonly seq: number; readonly hash: string }[]
  /** The public keys that are believed, base64url. */
  readonly serverKeys: readonly string[]
  readonly deviceKeys: readonly string[]
}

export const noEvidence: Evidence = { checkpoints: [], anchors: [], seen: [], serverKeys: [], deviceKeys: [] }

/** The claims that may be believed, by the event they are about; and what is wrong with the others. */
export const claimsIn = async (start: LogStart, evidence: Evidence) => {
  const { checkpoints, anchors, seen, serverKeys, deviceKeys } = evidence
  const findings: Finding[] = []
  const claims = new Map<number, Claim[]>()

  const believe = (claim: Claim, logId: string) => {
    if (logId !== start.logId) return void findings.push({ kind: 'begunAnew', logId, seq: claim.seq, by: claim.by })
    const known = claims.get(claim.seq)
    if (known === undefined) claims.set(claim.seq, [claim])
    else if (!known.some(({ hash, by }) => hash === claim.hash && by === claim.by)) known.push(claim)
  }

  const doubtsAbout = async (signed: SignedText, keys: readonly string[], by: Source): Promise<Finding | undefined> => {
    const { publicKey: key } = signed
    if (keys.length === 0) return { kind: 'missingKey', key, by }
    const statement = statementIn(signed)
    const seq = statement?.seq ?? null
    if (!(await isSigned(signed))) return { kind: 'badSignature', seq, by }
    return keys.includes(key) ? undefined : { kind: 'wrongKey', seq: seq ?? 0, key, by }
  }

  const weigh = async (checkpoint: SignedText, by: Source, doubt: Finding | undefined) => {
    const statement = statementIn(checkpoint)
    if (doubt !== undefined) return void findings.push(doubt)
    if (statement === undefined) return void findings.push({ kind: 'unreadableClaim', by })
    const { storeId, seq, hash, logId } = statement
    if (storeId !== start.storeId) return void findings.push({ kind: 'foreignClaim', storeId, by })
    believe({ seq, hash, by }, logId)
  }

  for (const checkpoint of checkpoints)
    await weigh(checkpoint, 'checkpoint', await doubtsAbout(checkpoint, serverKeys, 'checkpoint'))
  for (const anchor of anchors) {
    const { checkpoint } = anchor
    const device = await doubtsAbout(signedByDevice(anchor), deviceKeys, 'anchor')
    // Whom the device believed, and nobody else knows, it vouches for.
    const keys = serverKeys.length === 0 ? [checkpoint.publicKey] : serverKeys
    const server = device ?? (await doubtsAbout(checkpoint, keys, 'anchor'))
    await weigh(checkpoint, 'anchor', placed(server, statementIn(checkpoint)?.seq ?? null))
  }
  for (const { logId, seq, hash } of seen) believe({ seq, hash, by: 'memory' }, logId)
  return { claims, findings }
}

/** A device's text is no checkpoint, so the event it is about is known from what it holds. */
const placed = (doubt: Finding | undefined, seq: number | null): Finding | undefined => {
  if (doubt?.kind === 'badSignature') return { ...doubt, seq }
  return doubt?.kind === 'wrongKey' ? { ...doubt, seq: seq ?? 0 } : doubt
}
