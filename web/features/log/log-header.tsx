import { ActionIcon, Button, Group, Title, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { ChartColumn, ShieldCheck } from 'lucide-react'
import { memo } from 'react'
import { usePersonaId } from '#web/livestore/store-views.tsx'
import type { LogOverview } from '#web/services/history/log-protocol.ts'
import { FilterSheet } from '#web/ui/filter-sheet.tsx'
import { TextFilter } from '#web/ui/text-filter.tsx'
import { ExportMenu } from './export-menu.tsx'
import { isNarrowed, type LogAddress } from './log-address.ts'
import { LogFilters } from './log-filters.tsx'
import { focusLog } from './log-list.tsx'
import classes from './log-room.module.css'
import type { Finding } from './use-log.ts'
import type { ChangeAddress } from './use-log-address.ts'
import type { Signers } from './use-signers.ts'

interface LogHeaderProps {
  readonly address: LogAddress
  readonly overview: LogOverview
  /** How many events are shown; undefined while that is not known. */
  readonly found: number | undefined
  readonly finding: Finding | undefined
  readonly seen: number
  readonly confirmed: number
  readonly isTimelineShown: boolean
  readonly signers: Signers
  readonly onChange: ChangeAddress
}

export const LogHeader = memo(function LogHeader(props: LogHeaderProps) {
  const { address, overview, found, isTimelineShown, onChange } = props
  const { text: _, ...besides } = address
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const isUtc = address.time === 'utc'
  const personaId = usePersonaId()
  const text = <TextFilter value={address.text ?? ''} onChange={(text) => onChange({ text })} onLeave={focusLog} />
  const timelineLabel = isTimelineShown ? 'Hide the timeline' : 'Show the timeline'
  return (
    <header className={classes.header}>
      <Group gap="sm" wrap="nowrap">
        <Title order={2} size="sm" lh="24px" style={{ fontVariantNumeric: 'tabular-nums' }} aria-live="polite">
          {isNarrowed(address) && found !== undefined && `${found.toLocaleString()} of `}
          {overview.count.toLocaleString()} {overview.count === 1 ? 'event' : 'events'}
        </Title>
        <span style={{ flex: 1 }} />
        {!isPhone && text}
        <Button
          size="xs"
          variant={isUtc ? 'light' : 'subtle'}
          color={isUtc ? 'indigo' : 'gray'}
          fw={400}
          flex="none"
          aria-pressed={isUtc}
          onClick={() => onChange({ time: isUtc ? undefined : 'utc' })}
        >
          UTC
        </Button>
        <Tooltip label={timelineLabel} openDelay={300}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={timelineLabel}
            onClick={() => onChange({ timeline: isTimelineShown ? 'hide' : 'show' })}
          >
            <ChartColumn size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Verify this log" openDelay={300}>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Verify this log"
            renderRoot={(props) => <Link {...props} to="/p/$personaId/verify" params={{ personaId }} />}
          >
            <ShieldCheck size={16} />
          </ActionIcon>
        </Tooltip>
        <ExportMenu finding={props.finding} confirmed={props.confirmed} signers={props.signers} />
      </Group>
      {isPhone ? (
        <Group gap="sm" wrap="nowrap" mt="sm">
          {text}
          <FilterSheet isNarrowed={isNarrowed(besides)} found={found ?? 0} height={420}>
            <LogFilters {...props} />
          </FilterSheet>
        </Group>
      ) : (
        <div className={classes.filters}>
          <LogFilters {...props} />
        </div>
      )}
    </header>
  )
})
