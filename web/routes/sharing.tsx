import { SharingPage } from '#web/features/shares/sharing-page.tsx'

export default function Sharing() {
  return <SharingPage />
}
