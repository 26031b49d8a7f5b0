import type { MemorySearch } from './memory-search.ts'
import type { SearchChange } from './use-memory-search.ts'

/** What every view of the Explorer but the list is given: the same memories, the same filters, one that is open. */
export interface ExplorerViewProps {
  /** All that the filters find, in the order of the list. Never empty. */
  readonly ids: readonly string[]
  readonly openId: string | undefined
  readonly narrowing: Omit<MemorySearch, 'memory' | 'history'>
  readonly onChange: (change: SearchChange, options?: { readonly replace: boolean }) => void
  readonly onOpen: (memoryId: string) => void
}
