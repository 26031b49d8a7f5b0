import { ExportBundle } from '#web/features/bundles/export-bundle.tsx'
import { VerifyBundle } from '#web/features/bundles/verify-bundle.tsx'

export default function PersonaBundle() {
  return (
    <>
      <ExportBundle />
      <VerifyBundle />
    </>
  )
}
