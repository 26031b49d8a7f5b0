import { Select } from '@mantine/core'
import { directory$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'

interface PersonaChoiceProps {
  readonly value: string | undefined
  /** Undefined: everybody. */
  readonly onChange: (personaId: string | undefined) => void
}

/** Whose activity is shown. */
export const PersonaChoice = ({ value, onChange }: PersonaChoiceProps) => {
  const active = useWorkspaceStore().useQuery(directory$({ show: 'active', sort: 'name' }))
  return (
    <Select
      size="sm"
      w={190}
      aria-label="Whose activity"
      placeholder="All personas"
      searchable
      clearable
      clearButtonProps={{ 'aria-label': 'All personas' }}
      nothingFoundMessage="Nobody is called so"
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      data={active.map(({ personaId, name }) => ({ value: personaId, label: name }))}
    />
  )
}
