import { ProposalsPage } from '#web/features/proposals/proposals-page.tsx'

export default function Proposals() {
  return <ProposalsPage />
}
