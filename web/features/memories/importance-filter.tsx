import { Button, Group, RangeSlider, Stack } from '@mantine/core'
import { useState } from 'react'
import { FilterButton } from '#web/ui/filter-button.tsx'
import { rangeOf, rangeToText } from './memory-search.ts'

interface ImportanceFilterProps {
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

const presets = [
  { label: 'High', range: [0.7, 1] },
  { label: 'Middle', range: [0.4, 0.7] },
  { label: 'Low', range: [0, 0.4] },
] as const

export const ImportanceFilter = ({ value, onChange }: ImportanceFilterProps) => {
  const range = toNumbers(value)
  const isAll = range[0] === 0 && range[1] === 1
  const choose = ([from, to]: readonly [number, number]) =>
    onChange(rangeToText(from > 0 ? String(from) : '', to < 1 ? String(to) : ''))
  return (
    <FilterButton
      label="Importance"
      chosen={isAll ? undefined : `${percent(range[0])}–${percent(range[1])} %`}
      onClear={() => onChange(undefined)}
    >
      {(close) => (
        <Stack gap="md">
          <ImportanceRange key={value} initial={range} onChoose={choose} />
          <Group gap="xs" grow>
            {presets.map(({ label, range }) => (
              <Button
                key={label}
                size="compact-xs"
                variant="default"
                onClick={() => {
                  choose(range)
                  close()
                }}
              >
                {label}
              </Button>
            ))}
          </Group>
        </Stack>
      )}
    </FilterButton>
  )
}

interface ImportanceRangeProps {
  readonly initial: readonly [number, number]
  readonly onChoose: (range: readonly [number, number]) => void
}

const ImportanceRange = ({ initial, onChoose }: ImportanceRangeProps) => {
  const [range, setRange] = useState<[number, number]>([initial[0], initial[1]])
  return (
    <RangeSlider
      size="sm"
      mt="xl"
      min={0}
      max={1}
      step={0.05}
      minRange={0}
      thumbFromLabel="Importance from"
      thumbToLabel="Importance to"
      labelAlwaysOn
      label={(value) => `${percent(value)} %`}
      value={range}
      onChange={setRange}
      onChangeEnd={onChoose}
    />
  )
}

const toNumbers = (value: string | undefined): readonly [number, number] => {
  const [from, to] = rangeOf(value)
  return [inUnit(Number(from || 0), 0), inUnit(Number(to || 1), 1)]
}

const inUnit = (value: number, otherwise: number): number => (value >= 0 && value <= 1 ? value : otherwise)

const percent = (importance: number): number => Math.round(importance * 100)
