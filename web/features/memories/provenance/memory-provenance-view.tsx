import type { ExplorerViewProps } from '#web/features/memories/explorer-view-props.ts'
import { MemoryTrace } from './memory-trace.tsx'
import { ProvenanceBoard } from './provenance-board.tsx'

/** Where memories come from and which answers they went into: of all of them, or of the one that is open. */
export const MemoryProvenanceView = ({ openId, narrowing, onChange, onOpen }: ExplorerViewProps) =>
  openId === undefined || openId === 'new' ? (
    <ProvenanceBoard narrowing={narrowing} onChange={onChange} onOpen={onOpen} />
  ) : (
    <MemoryTrace
      key={openId}
      memoryId={openId}
      onShow={() => onChange({ view: undefined }, { replace: false })}
      onClose={() => onChange({ memory: undefined, history: undefined })}
    />
  )
