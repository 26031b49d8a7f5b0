import type { Queryable } from '@livestore/livestore'
import { Group, Select, Text } from '@mantine/core'
import { useState } from 'react'
import { usePersonaStore } from '#web/livestore/store-views.tsx'

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
    <Select
      size="xs"
      w={{ base: '100%', sm: 112 }}
      flex="none"
      aria-label={label}
      placeholder={label}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': `Any ${label.toLowerCase()}` }}
      nothingFoundMessage="None"
      comboboxProps={{ width: 240, position: 'bottom-start', keepMounted: false }}
      data={values}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      onDropdownOpen={() => setFacets(store.query(facets$))}
      renderOption={({ option }) => (
        <Group justify="space-between" wrap="nowrap" w="100%" gap="sm">
          <Text size="sm" truncate>
            {option.label}
          </Text>
          <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
            {counts.get(option.value)?.toLocaleString()}
          </Text>
        </Group>
      )}
    />
  )
}
