import { Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { FileDown } from 'lucide-react'
import type { ReactNode } from 'react'
import { directory$, imports$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { counted } from '#web/ui/charts/numbers.ts'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import { RelativeTime } from '#web/ui/times.tsx'

interface Recent {
  readonly key: string
  readonly at: Date
  readonly mark: ReactNode
  readonly name: ReactNode
  readonly note: string
}

/** What happened last: personas that were talked with or learnt something, and imports. */
export const RecentPanel = () => {
  const store = useWorkspaceStore()
  const personas = store.useQuery(directory$({ show: 'active', sort: 'recent' }, 8))
  const imports = store.useQuery(imports$)
  const recent: readonly Recent[] = [
    ...personas.map((entry) => ({
      key: entry.personaId,
      at: entry.lastActivityAt,
      mark: <HueAvatar name={entry.name} hue={entry.hue} src={entry.avatar} size={24} />,
      name: (
        <Anchor
          size="sm"
          c="inherit"
          renderRoot={(props) => <Link to="/p/$personaId/chats" params={{ personaId: entry.personaId }} {...props} />}
        >
          {entry.name}
        </Anchor>
      ),
      note: `${counted(entry.messages, 'message')}, ${counted(entry.memories, 'memory', 'memories')}`,
    })),
    ...imports
      .filter(({ finishedAt, withdrawnAt }) => finishedAt !== null && withdrawnAt === null)
      .slice(0, 8)
      .map(({ importId, fileName, finishedAt, startedAt, counts }) => ({
        key: importId,
        at: finishedAt ?? startedAt,
        mark: <FileDown size={16} aria-hidden />,
        name: (
          <Anchor size="sm" c="inherit" renderRoot={(props) => <Link to="/import" {...props} />}>
            {fileName}
          </Anchor>
        ),
        note: `Imported ${counted(counts?.messages ?? 0, 'message')}, ${counted(counts?.memories ?? 0, 'memory', 'memories')}`,
      })),
  ]
  return (
    <Paper component="section" withBorder p="md" aria-label="Recent activity">
      <Title order={2} size="md" lh="md" mb="md">
        Recent activity
      </Title>
      <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
        {recent
          .toSorted((a, b) => b.at.getTime() - a.at.getTime())
          .slice(0, 8)
          .map(({ key, at, mark, name, note }) => (
            <Group component="li" key={key} wrap="nowrap" gap="sm">
              <Group w={24} justify="center" c="dimmed">
                {mark}
              </Group>
              <div style={{ minWidth: 0, flex: 1 }}>
                <Text size="sm" truncate>
                  {name}
                </Text>
                <Text size="xs" c="dimmed" truncate>
                  {note}
                </Text>
              </div>
              <RelativeTime at={at} size="xs" c="dimmed" />
            </Group>
          ))}
      </Stack>
    </Paper>
  )
}
