import { Anchor, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { usageBetween$ } from '#schema/providers/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import type { DayRange } from '#web/ui/charts/calendar.ts'
import { ChartCard } from '#web/ui/charts/chart-card.tsx'
import { usageFinding } from './model-usage.ts'
import { UsageTable } from './usage-table.tsx'

interface ModelUsageProps {
  readonly range: DayRange
  /** Whose activity is shown besides; accounts are not kept apart by persona. */
  readonly personaId: string | undefined
}

/** What was asked of models in a range and what it cost, by account, on all devices. */
export const ModelUsagePanel = ({ range, personaId }: ModelUsageProps) => {
  const usage = useWorkspaceStore().useQuery(usageBetween$(range.from, range.to))
  return (
    <ChartCard
      finding={usageFinding(usage, range.name)}
      subject={`Requests, tokens and cost by account, ${range.name}, all personas`}
      fileName={`pjai-models-${range.from}-${range.to}`}
      table={{
        columns: ['Account', 'Requests', 'Prompt tokens', 'Completion tokens', 'US dollars'],
        rows: usage.map((row) => [row.name, row.requests, row.promptTokens, row.completionTokens, row.cost]),
      }}
    >
      {usage.length === 0 ? (
        <Text size="sm" c="dimmed">
          The built-in responder costs nothing and is not counted.{' '}
          <Anchor size="sm" underline="always" renderRoot={(props) => <Link {...props} to="/settings" />}>
            Connect a model
          </Anchor>
        </Text>
      ) : (
        <UsageTable
          label="Models by account"
          columns={['Account', 'Requests']}
          rows={usage.map(({ accountId, name, requests, promptTokens, completionTokens, cost }) => ({
            id: accountId,
            name: (
              <Anchor size="sm" c="inherit" renderRoot={(props) => <Link {...props} to="/settings" />}>
                {name}
              </Anchor>
            ),
            count: requests,
            tokens: promptTokens + completionTokens,
            cost,
          }))}
        />
      )}
      {personaId !== undefined && (
        <Text size="sm" c="dimmed" mt="sm">
          This is of all personas together.
        </Text>
      )}
    </ChartCard>
  )
}
