import { Anchor, Group, SegmentedControl, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type DirectoryEntry, directory$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { BarList } from '#web/ui/charts/bar-list.tsx'
import { ChartCard } from '#web/ui/charts/chart-card.tsx'
import { counted } from '#web/ui/charts/numbers.ts'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'

export type TopBy = 'memories' | 'messages'

interface TopPersonasProps {
  readonly by: TopBy
  readonly onChange: (by: TopBy) => void
}

/** The six personas with the most memories or messages. */
export const TopPersonasPanel = ({ by, onChange }: TopPersonasProps) => {
  const top = useWorkspaceStore().useQuery(directory$({ show: 'active', sort: by }, 6))
  return (
    <ChartCard
      finding={finding(top, by)}
      subject={by === 'memories' ? 'Personas by memories' : 'Personas by messages'}
      fileName={`pjai-personas-by-${by}`}
      table={{
        columns: ['Persona', 'Memories', 'Conversations', 'Messages'],
        rows: top.map(({ name, memories, conversations, messages }) => [name, memories, conversations, messages]),
      }}
    >
      <SegmentedControl
        size="xs"
        mb="md"
        aria-label="Count"
        value={by}
        onChange={(value) => onChange(value === 'messages' ? 'messages' : 'memories')}
        data={[
          { value: 'memories', label: 'Memories' },
          { value: 'messages', label: 'Messages' },
        ]}
      />
      <BarList
        bars={top.map((entry) => ({
          key: entry.personaId,
          value: entry[by],
          hue: entry.hue,
          label: <PersonaName entry={entry} />,
        }))}
      />
      {top.length === 0 && (
        <Text size="sm" c="dimmed">
          Every persona is archived.
        </Text>
      )}
    </ChartCard>
  )
}

const PersonaName = ({ entry }: { readonly entry: DirectoryEntry }) => (
  <Group gap="sm" wrap="nowrap">
    <HueAvatar name={entry.name} hue={entry.hue} src={entry.avatar} size={20} />
    <Anchor
      size="sm"
      c="inherit"
      truncate
      renderRoot={(props) => <Link to="/p/$personaId" params={{ personaId: entry.personaId }} {...props} />}
    >
      {entry.name}
    </Anchor>
  </Group>
)

const finding = ([first, second]: readonly DirectoryEntry[], by: TopBy): string => {
  if (first === undefined || first[by] === 0) return by === 'memories' ? 'No memories yet' : 'No messages yet'
  const count = by === 'memories' ? counted(first.memories, 'memory', 'memories') : counted(first.messages, 'message')
  if (second === undefined || first[by] === second[by]) return `${first.name} has ${count}`
  return by === 'memories' ? `${first.name} remembers the most: ${count}` : `${first.name} talked the most: ${count}`
}
