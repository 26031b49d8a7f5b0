import { lazy, Suspense } from 'react'
import { ErasuresList } from '#web/features/erasures/erasures-list.tsx'
import { SettingsPage } from '#web/features/settings/settings-page.tsx'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { KeyList } from './shell-help.tsx'

const ModelsSetting = lazy(() =>
  import('#web/features/providers/models-setting.tsx').then(({ ModelsSetting }) => ({ default: ModelsSetting })),
)

export default function Settings() {
  return (
    <SettingsPage
      keys={<KeyList />}
      erasures={<ErasuresList store={useWorkspaceStore()} />}
      models={
        <Suspense fallback={null}>
          <ModelsSetting />
        </Suspense>
      }
    />
  )
}
