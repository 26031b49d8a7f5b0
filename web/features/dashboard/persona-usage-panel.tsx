import { Anchor, Button, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { usageByPersona$ } from '#schema/workspace/usage-queries.ts'
import { useIsPast, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { asCost } from '#web/ui/amounts.ts'
import type { DayRange } from '#web/ui/charts/calendar.ts'
import { ChartCard } from '#web/ui/charts/chart-card.tsx'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import { personaUsageFinding, told } from './model-usage.ts'

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
      <Table style={{ fontVariantNumeric: 'tabular-nums' }} aria-label="Models by persona">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Persona</Table.Th>
            <Table.Th ta="right">Answers</Table.Th>
            <Table.Th ta="right">Tokens</Table.Th>
            <Table.Th ta="right">Cost</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map((row) => (
            <Table.Tr key={row.personaId}>
              <Table.Td>
                {isPast ? (
                  row.name
                ) : (
                  <Anchor
                    size="sm"
                    c="inherit"
                    renderRoot={(props) => (
                      <Link {...props} to="/p/$personaId/tasks" params={{ personaId: row.personaId }} />
                    )}
                  >
                    {row.name}
                  </Anchor>
                )}
              </Table.Td>
              <Table.Td ta="right">{told(row, wholeNumber(row.answers))}</Table.Td>
              <Table.Td ta="right">{told(row, wholeNumber(row.promptTokens + row.completionTokens))}</Table.Td>
              <Table.Td ta="right">{told(row, asCost(row.cost))}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
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
