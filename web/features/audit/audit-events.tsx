import { Button, Select, Text, TextInput } from '@mantine/core'
import { useMemo } from 'react'
import { type AuditFilter, filteredEntries } from '#web/services/audit/filter-audit.ts'
import type { LogStructure } from '#web/services/audit/log-structure.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import classes from './audit.module.css'
import { AuditList } from './audit-list.tsx'

interface AuditEventsProps {
  readonly structure: LogStructure
  readonly filter: AuditFilter
  readonly onFilter: (filter: AuditFilter) => void
}

/** The entries as they show without their keys, and what narrows them down. All of it stands in the address. */
export const AuditEvents = ({ structure, filter, onFilter }: AuditEventsProps) => {
  const { device, account, subject, from, to } = filter
  const entries = useMemo(
    () => filteredEntries(structure, { device, account, subject, from, to }),
    [structure, device, account, subject, from, to],
  )
  const { devices, actors, subjects } = structure
  const clear = { device: undefined, account: undefined, subject: undefined, from: undefined, to: undefined }
  return (
    <>
      <div className={classes.filters}>
        <Choice label="Device" ids={devices} value={device} onChange={(device) => onFilter({ device })} />
        <Choice
          label="Account"
          ids={actors}
          more={[{ value: 'unknown', label: 'Unknown' }]}
          value={account}
          onChange={(account) => onFilter({ account })}
        />
        <Choice label="Subject" ids={subjects} value={subject} onChange={(subject) => onFilter({ subject })} />
        <Day label="From" value={from} onChange={(from) => onFilter({ from })} />
        <Day label="To" value={to} onChange={(to) => onFilter({ to })} />
        <Text size="sm" c="dimmed" role="status">
          {entries.length.toLocaleString()} of {structure.entries.length.toLocaleString()}
        </Text>
      </div>
      {entries.length > 0 ? (
        <AuditList entries={entries} structure={structure} />
      ) : structure.entries.length === 0 ? (
        <EmptyState title="The log is empty" text="As soon as something is written to the persona, it shows here." />
      ) : (
        <EmptyState
          title="No event is like that"
          text="None of this device, account, subject and time is in the log."
          action={
            <Button variant="default" onClick={() => onFilter(clear)}>
              Show all
            </Button>
          }
        />
      )}
    </>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly ids: readonly string[]
  readonly more?: readonly { readonly value: string; readonly label: string }[]
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

const Choice = ({ label, ids, more = [], value, onChange }: ChoiceProps) => {
  const data = useMemo(
    () => ids.map((id, place) => ({ value: String(place + 1), label: `${label} ${place + 1} · ${id.slice(0, 6)}` })),
    [ids, label],
  )
  return (
    <Select
      size="xs"
      w={150}
      aria-label={label}
      placeholder={`Any ${label.toLowerCase()}`}
      data={[...data, ...more]}
      value={value ?? null}
      onChange={(chosen) => onChange(chosen ?? undefined)}
      clearable
      searchable
      limit={200}
    />
  )
}

interface DayProps {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

const Day = ({ label, value, onChange }: DayProps) => (
  <TextInput
    size="xs"
    w={130}
    type="date"
    aria-label={label}
    value={value ?? ''}
    onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
  />
)
