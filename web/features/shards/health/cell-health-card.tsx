import { Group, Paper, Text } from '@mantine/core'
import type { CellHealth } from '#schema/health/wire.ts'
import type { CellsSaid } from '#schema/placement/wire.ts'
import { CellName } from '#web/features/shards/cell-face.tsx'
import { StateBadge } from '#web/features/shards/state-badge.tsx'
import { counted, wholeNumber } from '#web/ui/charts/numbers.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { percent, timesText } from './figures.ts'
import classes from './health.module.css'

interface CellHealthCardProps {
  readonly health: CellHealth
  readonly cells: CellsSaid['cells']
}

export const CellHealthCard = ({ health, cells }: CellHealthCardProps) => {
  const { cellId, state, stores, connections, push, pull, errors, lastError, uptime, utilisation, checkedAt } = health
  return (
    <Paper component="section" withBorder p="md" aria-label={`Health of ${cellId}`}>
      <Group justify="space-between" mb="sm" wrap="nowrap">
        <CellName cells={cells} cellId={cellId} />
        <StateBadge state={state} />
      </Group>
      <dl className={classes.figures}>
        <dt>Up in 24 hours</dt>
        <dd>{uptime === null ? '–' : percent(uptime)}</dd>
        <dt>Pushes</dt>
        <dd>{timesText(push)}</dd>
        <dt>Pulls</dt>
        <dd>{timesText(pull)}</dd>
        <dt>Holds</dt>
        <dd>
          {counted(stores, 'store')}, {counted(connections, 'connection')}, {percent(utilisation)} full
        </dd>
        <dt>Errors in the hour</dt>
        <dd>{wholeNumber(errors)}</dd>
      </dl>
      {lastError !== null && (
        <Text size="xs" mt="sm">
          Last error <RelativeTime at={new Date(lastError.at)} />: {lastError.what}
        </Text>
      )}
      <Text size="xs" c="dimmed" mt="sm">
        {checkedAt === null ? (
          'Not checked yet'
        ) : (
          <>
            Checked <RelativeTime at={new Date(checkedAt)} />
          </>
        )}
      </Text>
    </Paper>
  )
}
