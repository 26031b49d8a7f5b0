import { ChartNoAxesColumn, List, type LucideIcon, Map as MapIcon, Share2, Waypoints } from 'lucide-react'
import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { ExplorerViewProps } from './explorer-view-props.ts'
import type { MemorySearch } from './memory-search.ts'

interface ExplorerView {
  readonly view: string
  readonly label: string
  readonly icon: LucideIcon
  /** Null: the list, which is part of the room. The others are fetched when they are first looked at. */
  readonly Component: LazyExoticComponent<ComponentType<ExplorerViewProps>> | null
}

export const explorerViews: readonly ExplorerView[] = [
  { view: 'list', label: 'List', icon: List, Component: null },
  {
    view: 'graph',
    label: 'Graph',
    icon: Share2,
    Component: lazy(() => import('./graph/memory-graph.tsx').then((m) => ({ default: m.MemoryGraph }))),
  },
  {
    view: 'timeline',
    label: 'Timeline',
    icon: ChartNoAxesColumn,
    Component: lazy(() => import('./timeline/memory-timeline.tsx').then((m) => ({ default: m.MemoryTimeline }))),
  },
  {
    view: 'map',
    label: 'Map',
    icon: MapIcon,
    Component: lazy(() => import('./map/memory-map.tsx').then((m) => ({ default: m.MemoryMap }))),
  },
  {
    view: 'provenance',
    label: 'Provenance',
    icon: Waypoints,
    Component: lazy(() =>
      import('./provenance/memory-provenance-view.tsx').then((m) => ({ default: m.MemoryProvenanceView })),
    ),
  },
]

/** A view nobody knows is the list. */
export const explorerViewOf = ({ view }: MemorySearch): ExplorerView['Component'] =>
  explorerViews.find((known) => known.view === view)?.Component ?? null
