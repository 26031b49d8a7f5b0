import { ErasedPage } from '#web/features/settings/erased-page.tsx'

export default function Erased() {
  return <ErasedPage />
}
