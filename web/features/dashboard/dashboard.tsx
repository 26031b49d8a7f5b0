import { Button, Group, Select, SimpleGrid, Stack, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { activityYears$, totals$ } from '#schema/workspace/queries.ts'
import { useIsPast, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { rangeOf } from '#web/ui/charts/calendar.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { ActivityPanels } from './activity-panels.tsx'
import classes from './dashboard.module.css'
import { DevicesPanel } from './devices-panel.tsx'
import { ModelUsagePanel } from './model-usage-panel.tsx'
import { PersonaChoice } from './persona-choice.tsx'
import { PersonaUsagePanel } from './persona-usage-panel.tsx'
import { RecentPanel } from './recent-panel.tsx'
import { StandingPanel } from './standing-panel.tsx'
import { type TopBy, TopPersonasPanel } from './top-personas-panel.tsx'
import { TotalsRow } from './totals-row.tsx'

export interface DashboardChange {
  readonly range?: string
  readonly top?: TopBy
  readonly persona?: string | undefined
}

interface DashboardProps {
  /** UTC day, `2026-03-01`. */
  readonly today: string
  /** `2025`, `7d`, `30d`, `90d`, `recent`, `all`, or whatever holds the latest activity. */
  readonly range: string | undefined
  /** Whose activity, if not everybody’s. */
  readonly personaId: string | undefined
  readonly top: TopBy
  readonly onChange: (change: DashboardChange) => void
}

/** Live numbers of the whole workspace; no persona's store is opened for them. */
export const Dashboard = ({ today, range: wanted, personaId, top, onChange }: DashboardProps) => {
  const store = useWorkspaceStore()
  const { personas } = store.useQuery(totals$)
  const years = store.useQuery(activityYears$)
  const isPast = useIsPast()
  if (personas === 0) return <NothingYet />

  const recent = rangeOf(undefined, today)
  const latest = years[0]
  const year = wanted ?? (latest !== undefined && latest.lastDay < recent.from ? latest.year : 'recent')
  const range = rangeOf(year, today, years.at(-1)?.firstDay)
  return (
    <div className={classes.page}>
      <Stack gap="md" className={classes.content}>
        <TotalsRow today={today} personaId={personaId} />
        <Group justify="space-between">
          <Title order={2} size="md" lh="md">
            Activity
          </Title>
          <Group gap="sm">
            <PersonaChoice value={personaId} onChange={(persona) => onChange({ persona })} />
            <Select
              size="sm"
              w={170}
              aria-label="Time shown"
              allowDeselect={false}
              checkIconPosition="right"
              value={year}
              onChange={(value) => onChange({ range: value ?? 'recent' })}
              data={[
                { value: '7d', label: 'Last 7 days' },
                { value: '30d', label: 'Last 30 days' },
                { value: '90d', label: 'Last 90 days' },
                { value: 'recent', label: 'Last 12 months' },
                ...years.map(({ year }) => ({ value: year, label: year })),
                { value: 'all', label: 'All time' },
              ]}
            />
          </Group>
        </Group>
        <ActivityPanels range={range} personaId={personaId} />
        <ModelUsagePanel range={range} personaId={personaId} />
        <PersonaUsagePanel range={range} personaId={personaId} />
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="md">
          <TopPersonasPanel by={top} onChange={(by) => onChange({ top: by })} />
          <Stack gap="md">
            <RecentPanel />
            {!isPast && <StandingPanel />}
            <DevicesPanel />
          </Stack>
        </SimpleGrid>
      </Stack>
    </div>
  )
}

const NothingYet = () =>
  useIsPast() ? (
    <EmptyState title="Nothing to count yet" text="The workspace had no persona at this time." />
  ) : (
    <EmptyState
      title="Nothing to count yet"
      text="Once a persona is here, its conversations and memories show here day by day."
      action={
        <Group justify="center">
          <Button renderRoot={(props) => <Link to="/import" {...props} />}>Import conversations</Button>
          <Button variant="default" renderRoot={(props) => <Link to="/personas" {...props} />}>
            Create a persona
          </Button>
        </Group>
      }
    />
  )
