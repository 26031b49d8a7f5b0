import { Checkbox, Group, Stack, Text } from '@mantine/core'
import { eventTitle, namesBySubject } from '#schema/stores/log-subjects.ts'
import type { LogFacet } from '#web/services/history/log-protocol.ts'
import { FilterButton } from '#web/ui/filter-button.tsx'
import { type LogAddress, namesOf } from './log-address.ts'
import classes from './log-room.module.css'

interface NameFilterProps {
  readonly address: LogAddress
  readonly names: readonly LogFacet[]
  readonly onChange: (name: string | undefined) => void
}

/** What happened: the names of events, by their subject; choosing a subject chooses all of its names. */
export const NameFilter = ({ address, names, onChange }: NameFilterProps) => {
  const counts = new Map(names.map(({ value, count }) => [value, count]))
  const chosen = new Set(namesOf(address))
  const choose = (some: readonly string[], isChosen: boolean) => {
    const next = new Set(chosen)
    for (const name of some) {
      if (isChosen) next.add(name)
      else next.delete(name)
    }
    onChange([...next].join(',') || undefined)
  }
  const [first] = chosen
  const said = first === undefined ? undefined : chosen.size === 1 ? eventTitle(first) : `${chosen.size} kinds`
  return (
    <FilterButton label="What happened" chosen={said} onClear={() => onChange(undefined)}>
      {() => (
        <Stack gap="md" className={classes.names}>
          {[...namesBySubject([...new Set([...counts.keys(), ...chosen])])].map(([subject, all]) => {
            const count = all.filter((name) => chosen.has(name)).length
            return (
              <Stack key={subject} gap="xs" role="group" aria-label={subject}>
                <Checkbox
                  size="xs"
                  label={subject}
                  styles={{ label: { fontWeight: 600 } }}
                  checked={count === all.length}
                  indeterminate={count > 0 && count < all.length}
                  onChange={({ currentTarget }) => choose(all, currentTarget.checked)}
                />
                {all.map((name) => (
                  <Group key={name} justify="space-between" wrap="nowrap" pl="md">
                    <Checkbox
                      size="xs"
                      label={eventTitle(name)}
                      checked={chosen.has(name)}
                      onChange={({ currentTarget }) => choose([name], currentTarget.checked)}
                    />
                    <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums' }}>
                      {(counts.get(name) ?? 0).toLocaleString()}
                    </Text>
                  </Group>
                ))}
              </Stack>
            )
          })}
        </Stack>
      )}
    </FilterButton>
  )
}
