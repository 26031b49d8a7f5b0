import { Schema } from '@livestore/livestore'
import { LogPage } from '#proof/log-page.ts'
import { ask, ServerRefused } from '#web/services/server.ts'
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
  const verified = await verifyAudit({ read: readPageOf(storeId, signal), toldKey, witness, seen, onProgress })
  if (verified instanceof Error) return verified
  const { isIntact, isComplete, head, start } = verified
  if (isIntact && isComplete && head !== null) keepSeen(personaId, { logId: start.logId, ...head })
  return verified
}

const readPageOf =
  (storeId: string, signal: AbortSignal) =>
  async (after: number): Promise<LogPage | Error> => {
    for (;;) {
      signal.throwIfAborted()
      const answer = await ask('GET', `/api/stores/${storeId}/log?after=${after}&limit=1000`)
      if (!(answer instanceof Error)) return decodePage(answer)
      if (!(answer instanceof ServerRefused) || answer.code !== 'TooManyPages') return answer
      await new Promise((resume) => setTimeout(resume, untilMorePages)) // a long log has more than it gives at once
    }
  }

const untilMorePages = 2000

const decodePage = Schema.decodeUnknownSync(LogPage)
const decodeKey = Schema.decodeUnknownSync(Schema.Struct({ publicKey: Schema.String }))
