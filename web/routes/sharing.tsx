import { LinkedFiles } from '#web/features/attachments/linked-files.tsx'
import { SharingPage } from '#web/features/shares/sharing-page.tsx'

export default function Sharing() {
  return <SharingPage files={<LinkedFiles />} />
}
