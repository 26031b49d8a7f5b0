import { Button, Group, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { memoryPolicy$, tierCounts$ } from '#schema/memories/life-queries.ts'
import type { MemoryPolicy } from '#schema/memories/policy.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { counted, wholeNumber } from '#web/ui/charts/numbers.ts'

/** How the memories of a persona age, in words; the review is where it is changed. */
export const PolicyPanel = () => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const mayWrite = useMayWrite()
  const policy = store.useQuery(memoryPolicy$)
  const counts = store.useQuery(tierCounts$)
  return (
    <section>
      <Title order={3} size="sm" mb={4}>
        How memories age
      </Title>
      <Group justify="space-between" gap="sm" align="start">
        <Text size="sm" flex={1} miw={240}>
          {policyInWords(policy)}
          {counts.length > 0 && (
            <Text span size="sm" c="dimmed">
              {' '}
              Now: {counts.map(({ value, count }) => `${wholeNumber(count)} ${value}`).join(', ')}.
            </Text>
          )}
        </Text>
        {mayWrite && (
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => (
              <Link {...props} to="/p/$personaId/memories" params={{ personaId }} search={{ review: 'tiers' }} />
            )}
          >
            Try another policy
          </Button>
        )}
      </Group>
    </section>
  )
}

const policyInWords = ({ halfLifeDays, hotFrom, warmFrom, keepDays, keepAbove, maximum }: MemoryPolicy): string =>
  [
    `Time counts half after ${counted(halfLifeDays, 'day')}. Hot begins at ${hotFrom}, warm at ${warmFrom}.`,
    keepDays === null
      ? 'Nothing is suggested to be forgotten for its age.'
      : `What nobody touched for ${counted(keepDays, 'day')} is suggested to be forgotten, unless it is more important than ${keepAbove}.`,
    ...(maximum === null ? [] : [`Of more than ${counted(maximum, 'memory', 'memories')}, the least are suggested.`]),
  ].join(' ')
