import { Stack, TextInput } from '@mantine/core'
import { FilterButton } from '#web/ui/filter-button.tsx'
import { PresetList } from '#web/ui/preset-list.tsx'
import { momentsOf, whenOf, whenPresets } from './log-address.ts'

interface WhenFilterProps {
  readonly value: string | undefined
  readonly isUtc: boolean
  readonly onChange: (value: string | undefined) => void
}

export const WhenFilter = ({ value, isUtc, onChange }: WhenFilterProps) => {
  const preset = whenPresets.find((preset) => preset.value === value)
  const { from, to } = momentsOf(value)
  const isRange = from !== undefined || to !== undefined
  return (
    <FilterButton
      label="When"
      chosen={preset?.label ?? (isRange ? `${shortTime(from, isUtc)} – ${shortTime(to, isUtc)}` : undefined)}
      onClear={() => onChange(undefined)}
    >
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
          <TextInput
            size="xs"
            type="datetime-local"
            label={isUtc ? 'From, UTC' : 'From'}
            value={inputOf(from, isUtc)}
            onChange={({ currentTarget }) => onChange(whenOf(timeOf(currentTarget.value, isUtc), to))}
          />
          <TextInput
            size="xs"
            type="datetime-local"
            label={isUtc ? 'Before, UTC' : 'Before'}
            value={inputOf(to, isUtc)}
            onChange={({ currentTarget }) => onChange(whenOf(from, timeOf(currentTarget.value, isUtc)))}
          />
        </Stack>
      )}
    </FilterButton>
  )
}

const shortTime = (time: number | undefined, isUtc: boolean) => inputOf(time, isUtc).replace('T', ' ') || '…'

/** As `<input type="datetime-local">` wants it: of this device's clock or of UTC, to the minute. */
const inputOf = (time: number | undefined, isUtc: boolean): string => {
  if (time === undefined) return ''
  const ahead = isUtc ? 0 : new Date(time).getTimezoneOffset() * 60_000
  return new Date(time - ahead).toISOString().slice(0, 16)
}

const timeOf = (input: string, isUtc: boolean): number | undefined => {
  const time = Date.parse(isUtc ? `${input}Z` : input)
  return Number.isNaN(time) ? undefined : time
}
