import { ImportWizard } from '#web/features/imports/import-wizard.tsx'

export default function ImportRoute() {
  return <ImportWizard />
}
