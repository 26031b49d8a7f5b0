import { SettingsPage } from '#web/features/settings/settings-page.tsx'
import { KeyList } from './shell-help.tsx'

export default function Settings() {
  return <SettingsPage keys={<KeyList />} />
}
