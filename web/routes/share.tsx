import { ReceivePage } from '#web/features/shares/receive-page.tsx'

export default function Share() {
  return <ReceivePage />
}
