import { List, type LucideIcon } from 'lucide-react'
import type { ComponentType, LazyExoticComponent } from 'react'
import type { MemorySearch } from './memory-search.ts'
import type { SearchChange } from './use-memory-search.ts'

/** What every view of the Explorer but the list is given: the same memories, the same filters, one that is open. */
export interface ExplorerViewProps {
  /** All that the filters find, in the order of the list. Never empty. */
  readonly ids: readonly string[]
  readonly openId: string | undefined
  readonly narrowing: Omit<MemorySearch, 'memory' | 'history' | 'review'>
  readonly onChange: (change: SearchChange, options?: { readonly replace: boolean }) => void
  readonly onOpen: (memoryId: string) => void
}

interface ExplorerView {
  readonly view: string
  readonly label: string
  readonly icon: LucideIcon
  /** Null: the list, which is part of the room. The others are fetched when they are first looked at. */
  readonly Component: LazyExoticComponent<ComponentType<ExplorerViewProps>> | null
}

export const explorerViews: readonly ExplorerView[] = [{ view: 'list', label: 'List', icon: List, Component: null }]

/** A view nobody knows is the list. */
export const explorerViewOf = ({ view }: MemorySearch): ExplorerView['Component'] =>
  explorerViews.find((known) => known.view === view)?.Component ?? null
