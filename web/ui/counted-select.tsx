import { Group, Select, type SelectProps, Text } from '@mantine/core'

interface Choice {
  readonly value: string
  readonly label: string
  /** Undefined: not counted. */
  readonly count: number | undefined
}

interface CountedSelectProps extends Pick<SelectProps, 'searchable' | 'nothingFoundMessage' | 'onDropdownOpen'> {
  readonly label: string
  readonly choices: readonly Choice[]
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
  /** Of the field on a wide page, and of its menu; pixels. */
  readonly widths: readonly [field: number, menu: number]
}

/** A filter that is one of many values, with how many there are of each. */
export const CountedSelect = ({ label, choices, value, onChange, widths, ...props }: CountedSelectProps) => {
  const counts = new Map(choices.map(({ value, count }) => [value, count]))
  return (
    <Select
      {...props}
      size="xs"
      w={{ base: '100%', sm: widths[0] }}
      flex="none"
      aria-label={label}
      placeholder={label}
      clearable
      clearButtonProps={{ 'aria-label': `Any ${label.toLowerCase()}` }}
      comboboxProps={{ width: widths[1], position: 'bottom-start', keepMounted: false }}
      data={choices.map(({ value, label }) => ({ value, label }))}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
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
