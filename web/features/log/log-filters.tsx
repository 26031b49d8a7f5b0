import { Button } from '@mantine/core'
import type { LogFacet, LogOverview } from '#web/services/history/log-protocol.ts'
import { ClearFilters } from '#web/ui/clear-filters.tsx'
import { CountedSelect } from '#web/ui/counted-select.tsx'
import { ExpressionFilter } from './expression-filter.tsx'
import { isNarrowed, type LogAddress, noFilters } from './log-address.ts'
import { NameFilter } from './name-filter.tsx'
import type { ChangeAddress } from './use-log-address.ts'
import { type Signers, sentenceCase } from './use-signers.ts'
import { WhenFilter } from './when-filter.tsx'

interface LogFiltersProps {
  readonly address: LogAddress
  readonly overview: LogOverview
  readonly seen: number
  readonly signers: Signers
  readonly onChange: ChangeAddress
}

/** The filters beside the text. In a row on a wide page, in a sheet on a phone. */
export const LogFilters = ({ address, overview, seen, signers, onChange }: LogFiltersProps) => {
  const isSince = address.since !== undefined
  return (
    <>
      <NameFilter address={address} names={overview.names} onChange={(name) => onChange({ name })} />
      <SignerSelect
        label="Device"
        facets={overview.devices}
        nameOf={signers.device}
        value={address.device}
        onChange={(device) => onChange({ device })}
      />
      <SignerSelect
        label="Person"
        facets={overview.people}
        nameOf={signers.person}
        value={address.person}
        onChange={(person) => onChange({ person })}
      />
      <WhenFilter value={address.when} isUtc={address.time === 'utc'} onChange={(when) => onChange({ when })} />
      <ExpressionFilter value={address.regex} onChange={(regex) => onChange({ regex })} />
      {(isSince || seen > 0) && (
        <Button
          size="xs"
          variant={isSince ? 'light' : 'default'}
          fw={isSince ? 500 : 400}
          flex="none"
          aria-pressed={isSince}
          onClick={() => onChange({ since: isSince ? undefined : 'seen' })}
        >
          {address.since === undefined || address.since === 'seen' ? 'Since I last looked' : `After ${address.since}`}
        </Button>
      )}
      {isNarrowed(address) && <ClearFilters onClear={() => onChange(noFilters)} />}
    </>
  )
}

interface SignerSelectProps {
  readonly label: string
  readonly facets: readonly LogFacet[]
  readonly nameOf: (id: string) => string
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}

const SignerSelect = ({ label, facets, nameOf, value, onChange }: SignerSelectProps) => {
  const counts = new Map(facets.map(({ value, count }) => [value, count]))
  // A filter from the address may name who is not in this log; it is shown all the same.
  const ids = [...new Set([...(value === undefined ? [] : [value]), ...counts.keys()])]
  return (
    <CountedSelect
      label={label}
      choices={ids.map((id) => ({ value: id, label: sentenceCase(nameOf(id)), count: counts.get(id) ?? 0 }))}
      value={value}
      onChange={onChange}
      widths={[124, 260]}
    />
  )
}
