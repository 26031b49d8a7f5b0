import { Group, Stack, TextInput } from '@mantine/core'
import { FilterButton } from '#web/ui/filter-button.tsx'
import { PresetList } from '#web/ui/preset-list.tsx'
import { rangeOf, rangeToText, whenPresets } from './memory-search.ts'

interface WhenFilterProps {
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

export const WhenFilter = ({ value, onChange }: WhenFilterProps) => {
  const preset = whenPresets.find((preset) => preset.value === value)
  const [from, to] = preset === undefined ? rangeOf(value) : ['', '']
  const days = from === '' && to === '' ? undefined : `${from || '…'} – ${to || '…'}`
  return (
    <FilterButton label="When" chosen={preset?.label ?? days} onClear={() => onChange(undefined)}>
      {(close) => (
        <Stack gap="sm">
          <PresetList
            presets={whenPresets}
            value={value}
            onChoose={(choice) => {
              onChange(choice)
              close()
            }}
          />
          <Group gap="sm" grow>
            <TextInput
              size="xs"
              type="date"
              label="From"
              value={from}
              onChange={(event) => onChange(rangeToText(event.currentTarget.value, to))}
            />
            <TextInput
              size="xs"
              type="date"
              label="To"
              value={to}
              onChange={(event) => onChange(rangeToText(from, event.currentTarget.value))}
            />
          </Group>
        </Stack>
      )}
    </FilterButton>
  )
}
