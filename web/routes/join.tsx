import { JoinPage } from '#web/features/settings/join-page.tsx'

export default function Join() {
  return <JoinPage />
}
