import { findingSentence } from '#proof/findings.ts'
import type { Witness } from '#sealing/share-link.ts'
import type { VerifiedAudit } from './verify-audit.ts'

interface AuditedBy {
  readonly accountId: string
  readonly deviceId: string
  readonly at: Date
}

/** What was verified, against what, by whom and when: nothing of what the log says. */
export const auditReport = (
  audit: {
    readonly storeId: string
    readonly name: string
    readonly isRedacted: boolean
    readonly witness: Witness
  },
  verified: VerifiedAudit,
  { accountId, deviceId, at }: AuditedBy,
) => {
  const { isIntact, isComplete, findings, unsaid, events, foundLater, attestedUpTo, head, start } = verified
  const { devices, actors, subjects } = verified.structure
  return {
    report: 'pjai audit 1',
    persona: audit.name,
    redacted: audit.isRedacted,
    log: start,
    verified: { by: { accountId, deviceId }, at: at.toISOString() },
    verdicts: { intact: isIntact, complete: isComplete },
    head,
    events,
    foundLater,
    attestedUpTo,
    findings: findings.map((finding) => ({ ...finding, sentence: findingSentence(finding) })),
    findingsNotListed: unsaid,
    counts: { devices: devices.length, accounts: actors.length, subjects: subjects.length },
    serverKey: { key: verified.serverKey, knownFrom: audit.witness.serverKey === null ? 'server' : 'owner' },
    checkpoints: verified.checkpoints,
    anchors: audit.witness.anchors,
  }
}
