import { Group, Select, Text } from '@mantine/core'
import type { PicturedPersona } from '#schema/workspace/picture-queries.ts'
import classes from './pictures-room.module.css'

interface PicturesHeaderProps {
  readonly personas: readonly PicturedPersona[]
  readonly personaId: string | undefined
  readonly onChange: (personaId: string | undefined) => void
}

export const PicturesHeader = ({ personas, personaId, onChange }: PicturesHeaderProps) => {
  const shown = personaId === undefined ? personas : personas.filter((persona) => persona.personaId === personaId)
  const count = shown.reduce((sum, { pictures }) => sum + pictures, 0)
  return (
    <header className={classes.header}>
      <Group gap="sm">
        <Select
          size="xs"
          w={220}
          aria-label="Persona"
          searchable={personas.length > 12}
          data={[
            { value: '', label: 'All personas' },
            ...personas.map(({ personaId, name }) => ({ value: personaId, label: name })),
          ]}
          value={personaId ?? ''}
          onChange={(value) => onChange(value || undefined)}
          allowDeselect={false}
        />
        <Text size="xs" c="dimmed" role="status" className={classes.totals ?? ''}>
          {count.toLocaleString()} {count === 1 ? 'picture' : 'pictures'}
          {shown.length > 1 && ` of ${shown.length.toLocaleString()} personas`}
        </Text>
      </Group>
    </header>
  )
}
