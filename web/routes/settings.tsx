import { ErasuresList } from '#web/features/erasures/erasures-list.tsx'
import { SettingsPage } from '#web/features/settings/settings-page.tsx'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { KeyList } from './shell-help.tsx'

export default function Settings() {
  return <SettingsPage keys={<KeyList />} erasures={<ErasuresList store={useWorkspaceStore()} />} />
}
