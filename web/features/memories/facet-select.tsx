import type { Queryable } from '@livestore/livestore'
import { useState } from 'react'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { CountedSelect } from '#web/ui/counted-select.tsx'

interface Facet {
  readonly value: string
  readonly count: number
}

interface FacetSelectProps {
  readonly label: string
  readonly facets$: Queryable<readonly Facet[]>
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

/** Values and how many there are of each, counted as the menu opens: nothing is counted while it is closed. */
export const FacetSelect = ({ label, facets$, value, onChange }: FacetSelectProps) => {
  const store = usePersonaStore()
  const [facets, setFacets] = useState<readonly Facet[]>([])
  const counts = new Map(facets.map(({ value, count }) => [value, count]))
  // A filter from the address may name what is not among the first; it is shown all the same.
  const values = [...new Set([...(value === undefined ? [] : [value]), ...counts.keys()])]
  return (
    <CountedSelect
      label={label}
      choices={values.map((value) => ({ value, label: value, count: counts.get(value) }))}
      value={value}
      onChange={onChange}
      widths={[112, 240]}
      searchable
      nothingFoundMessage="None"
      onDropdownOpen={() => setFacets(store.query(facets$))}
    />
  )
}
