import { memo } from 'react'
import { tierCounts$ } from '#schema/memories/life-queries.ts'
import { memoryKinds$, memoryTagCounts$ } from '#schema/memories/queries.ts'
import { ClearFilters } from '#web/ui/clear-filters.tsx'
import { FacetSelect } from './facet-select.tsx'
import classes from './filter-bar.module.css'
import { ImportanceFilter } from './importance-filter.tsx'
import { isNarrowed, type MemorySearch, orderOfSearch } from './memory-search.ts'
import { SortMenu } from './sort-menu.tsx'
import type { SearchChange } from './use-memory-search.ts'
import { WhenFilter } from './when-filter.tsx'

interface FilterBarProps {
  readonly search: MemorySearch
  readonly onChange: (change: SearchChange) => void
}

export const noFilters: SearchChange = {
  text: undefined,
  kind: undefined,
  tag: undefined,
  tier: undefined,
  importance: undefined,
  when: undefined,
}

/** The filters beside the text, and the order. In a row on a wide page, in a sheet on a phone. */
export const FilterBar = memo(function FilterBar({ search, onChange }: FilterBarProps) {
  return (
    <>
      <div className={classes.filters}>
        <FacetSelect label="Kind" facets$={memoryKinds$} value={search.kind} onChange={(kind) => onChange({ kind })} />
        <FacetSelect label="Tag" facets$={memoryTagCounts$} value={search.tag} onChange={(tag) => onChange({ tag })} />
        <FacetSelect label="Tier" facets$={tierCounts$} value={search.tier} onChange={(tier) => onChange({ tier })} />
        <ImportanceFilter value={search.importance} onChange={(importance) => onChange({ importance })} />
        <WhenFilter value={search.when} onChange={(when) => onChange({ when })} />
        {isNarrowed(search) && <ClearFilters onClear={() => onChange(noFilters)} />}
      </div>
      <SortMenu order={orderOfSearch(search)} onChange={({ sort, direction }) => onChange({ sort, direction })} />
    </>
  )
})
