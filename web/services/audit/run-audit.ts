import { Schema } from '@livestore/livestore'
import { readLogPage } from '#web/services/log-pages.ts'
import { ask } from '#web/services/server.ts'
import { type Audit, keepSeen } from './audits.ts'
import { type VerifiedAudit, verifyAudit } from './verify-audit.ts'

/** Verifies the log of an audit in this browser. What was sound is held against the log the next time. */
export const runAudit = async (
  audit: Audit,
  onProgress: (done: number, of: number) => void,
  signal: AbortSignal,
): Promise<VerifiedAudit | Error> => {
  const { personaId, storeId, witness, seen } = audit
  const told = await ask('GET', '/api/signing-key')
  if (told instanceof Error) return told
  const toldKey = decodeKey(told).publicKey
  const verified = await verifyAudit({ read: readLogPage(storeId, signal), toldKey, witness, seen, onProgress })
  if (verified instanceof Error) return verified
  const { isIntact, isComplete, head, start } = verified
  if (isIntact && isComplete && head !== null) keepSeen(personaId, { logId: start.logId, ...head })
  return verified
}

const decodeKey = Schema.decodeUnknownSync(Schema.Struct({ publicKey: Schema.String }))
