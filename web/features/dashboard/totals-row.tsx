import { Paper, SimpleGrid, Text } from '@mantine/core'
import { activity$, totals$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { shortNumber, wholeNumber } from '#web/ui/charts/numbers.ts'
import { totalOf } from './activity.ts'
import { daysBefore } from './calendar.ts'

/** The four numbers of the workspace, and how each came about. */
export const TotalsRow = ({ today }: { readonly today: string }) => {
  const store = useWorkspaceStore()
  const totals = store.useQuery(totals$)
  const lately = store.useQuery(activity$(daysBefore(today, 29), today))
  const [said, learnt] = [totalOf(lately, 'messages'), totalOf(lately, 'memories')]
  return (
    <SimpleGrid component="dl" m={0} cols={{ base: 2, sm: 4 }} spacing="md">
      <Total name="Personas" value={totals.personas} note={`${each(totals.memories, totals.personas)} memories each`} />
      <Total
        name="Conversations"
        value={totals.conversations}
        note={`${each(totals.messages, totals.conversations)} messages each`}
      />
      <Total name="Messages" value={totals.messages} note={`${wholeNumber(said)} in the last 30 days`} />
      <Total name="Memories" value={totals.memories} note={`${wholeNumber(learnt)} in the last 30 days`} />
    </SimpleGrid>
  )
}

interface TotalProps {
  readonly name: string
  readonly value: number
  readonly note: string
}

const Total = ({ name, value, note }: TotalProps) => (
  <Paper withBorder p="md">
    <Text component="dt" size="sm" c="dimmed">
      {name}
    </Text>
    <Text
      component="dd"
      m={0}
      fz="xl"
      lh="xl"
      fw={600}
      title={wholeNumber(value)}
      style={{ fontVariantNumeric: 'tabular-nums' }}
    >
      {shortNumber(value)}
    </Text>
    <Text component="dd" m={0} size="xs" c="dimmed">
      {note}
    </Text>
  </Paper>
)

const each = (many: number, few: number) => wholeNumber(few === 0 ? 0 : Math.round(many / few))
