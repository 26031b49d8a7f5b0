import { VerifyBundle } from '#web/features/bundles/verify-bundle.tsx'

export default function Bundle() {
  return <VerifyBundle />
}
