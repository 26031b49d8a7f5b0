import { Button, Stack, Text, TextInput } from '@mantine/core'
import { useState } from 'react'
import { PatternUnreadable, patternOf } from '#schema/stores/log-pattern.ts'
import { FilterButton } from '#web/ui/filter-button.tsx'

interface ExpressionFilterProps {
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

export const ExpressionFilter = ({ value, onChange }: ExpressionFilterProps) => (
  <FilterButton label="Expression" chosen={value && shortened(value)} onClear={() => onChange(undefined)}>
    {(close) => (
      <ExpressionForm
        value={value ?? ''}
        onSubmit={(value) => {
          onChange(value || undefined)
          close()
        }}
      />
    )}
  </FilterButton>
)

interface ExpressionFormProps {
  readonly value: string
  readonly onSubmit: (value: string) => void
}

const ExpressionForm = ({ value, onSubmit }: ExpressionFormProps) => {
  const [source, setSource] = useState(value)
  const pattern = source === '' ? undefined : patternOf(source)
  const refusal = pattern instanceof PatternUnreadable ? pattern : undefined
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (refusal === undefined) onSubmit(source)
      }}
    >
      <Stack gap="sm">
        <TextInput
          size="xs"
          label="Regular expression"
          placeholder="^importance: 0\.[89]"
          data-autofocus
          spellCheck={false}
          maxLength={500}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          value={source}
          error={refusal?.message}
          onChange={({ currentTarget }) => setSource(currentTarget.value)}
        />
        <Text size="xs" c="dimmed">
          Tried, whatever the case, on the sentence, on the name, and on each “field: value” of an event.
        </Text>
        <Button size="xs" type="submit" disabled={refusal !== undefined}>
          Find
        </Button>
      </Stack>
    </form>
  )
}

const shortened = (source: string) => (source.length > 24 ? `${source.slice(0, 23)}…` : source)
