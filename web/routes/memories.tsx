import { MemoryExplorer } from '#web/features/memories/memory-explorer.tsx'
import { ProposalsLink } from '#web/features/proposals/proposals-link.tsx'

export default function Memories() {
  return <MemoryExplorer notice={<ProposalsLink />} />
}
