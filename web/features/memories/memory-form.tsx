import { Autocomplete, Button, Group, Slider, Stack, TagsInput, Text, Textarea, TextInput } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import { type MemoryDraft, memoryKinds } from '#schema/memories/commands.ts'
import { memoryKinds$, memoryTagCounts$ } from '#schema/memories/queries.ts'
import { characterCount } from '#schema/shared/text.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { toDateTimeInput } from './date-time-input.ts'

const longest = 100_000

interface MemoryFormProps {
  readonly initial: MemoryDraft
  readonly submitLabel: string
  /** Takes the draft, or says why not. */
  readonly onSubmit: (draft: MemoryDraft) => Error | undefined
  readonly onCancel: () => void
  readonly onChange: (draft: MemoryDraft) => void
  /** When something was true is decided once, as it is added. */
  readonly withTime: boolean
}

export const MemoryForm = ({ initial, submitLabel, onSubmit, onCancel, onChange, withTime }: MemoryFormProps) => {
  const [draft, setDraft] = useState(initial)
  const [refusal, setRefusal] = useState<Error>()
  const { kinds, tags } = useSuggestions()
  const change = (changed: Partial<MemoryDraft>) => {
    const next = { ...draft, ...changed }
    setDraft(next)
    setRefusal(undefined)
    onChange(next)
  }
  const submit = () => setRefusal(onSubmit(draft))
  const errorOf = (...names: readonly string[]) =>
    refusal !== undefined && names.includes(refusal.name) ? refusal.message : undefined
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      submit()
    } else if (event.key === 'Escape' && !event.defaultPrevented) {
      event.stopPropagation()
      onCancel()
    }
  }
  const length = characterCount(draft.content)

  return (
    <form
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
      noValidate
    >
      <Stack gap="md">
        <Textarea
          label="What to remember"
          placeholder="One thing, in a sentence or a few"
          autosize
          minRows={5}
          maxRows={18}
          data-autofocus
          autoFocus
          value={draft.content}
          error={errorOf('MemoryEmpty', 'MemoryTooLong')}
          onChange={(event) => change({ content: event.currentTarget.value })}
          inputWrapperOrder={['label', 'input', 'error', 'description']}
          description={
            <Text span size="xs" c={length > longest ? 'red' : 'dimmed'} style={{ fontVariantNumeric: 'tabular-nums' }}>
              {length.toLocaleString()} of {longest.toLocaleString()} characters
            </Text>
          }
        />
        <Autocomplete
          label="Kind"
          comboboxProps={{ keepMounted: false }}
          data={kinds}
          value={draft.kind}
          error={errorOf('MemoryKindIllegal')}
          onChange={(kind) => change({ kind })}
        />
        <TagsInput
          label="Tags"
          placeholder={draft.tags.length === 0 ? 'Type one, then Enter' : ''}
          comboboxProps={{ keepMounted: false }}
          data={tags}
          value={[...draft.tags]}
          error={errorOf('TagIllegal')}
          onChange={(tags) => change({ tags })}
        />
        <div>
          <Text size="sm" fw={500} mb={4}>
            Importance{' '}
            <Text span c="dimmed" inherit fw={400} style={{ fontVariantNumeric: 'tabular-nums' }}>
              {Math.round(draft.importance * 100)} %
            </Text>
          </Text>
          <Slider
            thumbLabel="Importance"
            label={null}
            min={0}
            max={1}
            step={0.05}
            value={draft.importance}
            onChange={(importance) => change({ importance })}
          />
        </div>
        {withTime && (
          <TextInput
            type="datetime-local"
            label="When it was true"
            value={toDateTimeInput(draft.occurredAt)}
            onChange={(event) => {
              const occurredAt = new Date(event.currentTarget.value)
              if (!Number.isNaN(occurredAt.getTime())) change({ occurredAt })
            }}
          />
        )}
        {refusal !== undefined && !fieldErrors.has(refusal.name) && (
          <Text role="alert" c="red" size="sm">
            {refusal.message}
          </Text>
        )}
        <Group gap="sm">
          <Button type="submit">{submitLabel}</Button>
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Text size="xs" c="dimmed" ml="auto" visibleFrom="sm">
            Ctrl + Enter
          </Text>
        </Group>
      </Stack>
    </form>
  )
}

const fieldErrors = new Set(['MemoryEmpty', 'MemoryTooLong', 'MemoryKindIllegal', 'TagIllegal'])

/** Asked once, as the form opens: a form does not follow the store. */
const useSuggestions = () => {
  const store = usePersonaStore()
  const [suggestions] = useState(() => ({
    kinds: [...new Set([...memoryKinds, ...store.query(memoryKinds$).map(({ value }) => value)])],
    tags: store.query(memoryTagCounts$).map(({ value }) => value),
  }))
  return suggestions
}
