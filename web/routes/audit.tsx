import { AuditPage } from '#web/features/audit/audit-page.tsx'

export default function Audit() {
  return <AuditPage />
}
