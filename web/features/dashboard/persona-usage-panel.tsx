import { Anchor, Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { usageByPersona$ } from '#schema/workspace/usage-queries.ts'
import { useIsPast, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import type { DayRange } from '#web/ui/charts/calendar.ts'
import { ChartCard } from '#web/ui/charts/chart-card.tsx'
import { personaUsageFinding, told } from './model-usage.ts'
import { UsageTable } from './usage-table.tsx'

interface PersonaUsageProps {
  readonly range: DayRange
  /** Of one persona alone. */
  readonly personaId: string | undefined
}

/** What models were asked for each persona in a range, as personas told it; a few at first. */
export const PersonaUsagePanel = ({ range, personaId }: PersonaUsageProps) => {
  const usage = useWorkspaceStore().useQuery(usageByPersona$(range.from, range.to, personaId))
  const [isWhole, setWhole] = useState(false)
  const isPast = useIsPast()
  const shown = isWhole ? usage : usage.slice(0, fewPersonas)
  return (
    <ChartCard
      finding={personaUsageFinding(usage, range.name)}
      subject={`Answers, tokens and cost by persona, ${range.name}`}
      fileName={`pjai-models-by-persona-${range.from}-${range.to}`}
      table={{
        columns: ['Persona', 'Answers', 'Prompt tokens', 'Completion tokens', 'US dollars'],
        rows: usage.map((row) => [
          row.name,
          told(row, row.answers),
          told(row, row.promptTokens),
          told(row, row.completionTokens),
          told(row, row.cost),
        ]),
      }}
    >
      <UsageTable
        label="Models by persona"
        columns={['Persona', 'Answers']}
        rows={shown.map((row) => ({
          id: row.personaId,
          name: isPast ? (
            row.name
          ) : (
            <Anchor
              size="sm"
              c="inherit"
              renderRoot={(props) => <Link {...props} to="/p/$personaId/tasks" params={{ personaId: row.personaId }} />}
            >
              {row.name}
            </Anchor>
          ),
          count: told(row, row.answers),
          tokens: told(row, row.promptTokens + row.completionTokens),
          cost: told(row, row.cost),
        }))}
      />
      {usage.length > shown.length && (
        <Button size="compact-sm" variant="subtle" color="gray" mt={4} onClick={() => setWhole(true)}>
          Show all {usage.length}
        </Button>
      )}
      {usage.some(({ isTold }) => !isTold) && (
        <Text size="sm" c="dimmed" mt="sm">
          — is not known yet: a persona tells it when it is open.
        </Text>
      )}
    </ChartCard>
  )
}

const fewPersonas = 6
