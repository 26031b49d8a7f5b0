import { RecoverPage } from '#web/features/settings/recover-page.tsx'

export default function Recover() {
  return <RecoverPage />
}
