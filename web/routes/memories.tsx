import { MemoryExplorer } from '#web/features/memories/memory-explorer.tsx'

export default function Memories() {
  return <MemoryExplorer />
}
