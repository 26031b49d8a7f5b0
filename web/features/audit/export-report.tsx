import { Button } from '@mantine/core'
import { useState } from 'react'
import { session } from '#web/livestore/session.ts'
import { thisAccount } from '#web/services/account.ts'
import { auditReport } from '#web/services/audit/audit-report.ts'
import { type Audit, noteAuditExport } from '#web/services/audit/audits.ts'
import type { VerifiedAudit } from '#web/services/audit/verify-audit.ts'
import { saveBlob } from '#web/ui/save-blob.ts'
import { showDone, showRefusal } from '#web/ui/undo.tsx'

interface ExportReportProps {
  readonly audit: Audit
  readonly verified: VerifiedAudit
  readonly at: Date
}

/** The owner's access log is told first: a report that it does not know of is not made. */
export const ExportReport = ({ audit, verified, at }: ExportReportProps) => {
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    const problem = await exportReport({ audit, verified, at }).catch(asError)
    setBusy(false)
    if (!showRefusal(problem)) showDone('The report is saved, and the owner can see that it was')
  }
  return (
    <Button size="compact-sm" loading={isBusy} onClick={() => void save()}>
      Export the report
    </Button>
  )
}

const exportReport = async ({ audit, verified, at }: ExportReportProps): Promise<Error | undefined> => {
  const account = await thisAccount()
  if (account instanceof Error) return account
  const refusal = await noteAuditExport(audit)
  if (refusal !== undefined) return refusal
  const report = auditReport(audit, verified, { accountId: account.accountId, deviceId: session.deviceId, at })
  const blob = new Blob([JSON.stringify(report, null, 1)], { type: 'application/json' })
  saveBlob(blob, `audit-${audit.storeId}-${at.toISOString().slice(0, 10)}.json`)
  return undefined
}

const asError = (cause: unknown) => (cause instanceof Error ? cause : new Error(String(cause)))
