import { AccessLog } from '#web/features/access/access-log.tsx'
import { workspaceStoreId } from '#web/livestore/session.ts'

export default function Access() {
  return <AccessLog storeId={workspaceStoreId} of="the list of your personas" />
}
