import { Autocomplete, Button, Group, Text, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { memoryPage$ } from '#schema/memories/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { LeftByEscape } from './left-by-escape.tsx'
import classes from './memory-detail.module.css'

interface MemoryPickerProps {
  readonly label: string
  /** Ask how the two belong together. */
  readonly withRelation?: boolean
  readonly exceptId: string
  readonly onPick: (memoryId: string, relation: string) => void
  readonly onCancel: () => void
}

/** Finds one other memory by its text, most important first. */
export const MemoryPicker = ({ label, withRelation = false, exceptId, onPick, onCancel }: MemoryPickerProps) => {
  const store = usePersonaStore()
  const [text, setText] = useState('')
  const [relation, setRelation] = useState('relates to')
  const [wanted] = useDebouncedValue(text, 120)
  const found = useMemo(
    () =>
      store
        .query(memoryPage$({ text: wanted }, { sort: 'importance', direction: 'desc', offset: 0, limit: 9 }))
        .filter(({ memoryId }) => memoryId !== exceptId)
        .slice(0, 8),
    [store, wanted, exceptId],
  )
  return (
    <LeftByEscape onLeave={onCancel}>
      {withRelation && (
        <Autocomplete
          label="This memory…"
          data={['relates to', 'supports', 'contradicts', 'follows', 'explains']}
          value={relation}
          onChange={setRelation}
        />
      )}
      <TextInput
        label={label}
        placeholder="Find by text"
        autoFocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          const only = found.length === 1 ? found[0] : undefined
          if (event.key === 'Enter' && only !== undefined) onPick(only.memoryId, relation)
        }}
      />
      <ul className={classes.entries} style={{ margin: 0 }}>
        {found.map(({ memoryId, preview, kind }) => (
          <li key={memoryId}>
            <UnstyledButton className={classes.entryMain} w="100%" onClick={() => onPick(memoryId, relation)}>
              <span className={classes.entryText}>{preview}</span>
              <span className={classes.entryNote}>{kind}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {found.length === 0 && (
        <Text size="sm" c="dimmed">
          No other memory says that.
        </Text>
      )}
      <Group>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
    </LeftByEscape>
  )
}
