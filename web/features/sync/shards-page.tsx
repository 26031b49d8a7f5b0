import { Badge, Group, ScrollArea, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { stateRevisions } from '#schema/stores/revision.ts'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { directory$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { type Shard, useShards } from '#web/services/shards/use-shards.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { HistoryAlerts } from './history-alerts.tsx'
import { SetAsides } from './set-asides.tsx'
import { ShardTable } from './shard-table.tsx'
import { VerifiedHistories } from './verified-histories.tsx'

/** Every shard of this device: what it holds, what it owes, which schema revision it is on, and how to mend it. */
export const ShardsPage = () => {
  const store = useWorkspaceStore()
  const shards = useShards()
  const active = store.useQuery(directory$({ show: 'active', sort: 'name' }))
  const names = new Map(active.map(({ personaId, name }) => [personaId, name]))
  const known = new Set(shards.map(({ storeId }) => storeId))
  const absent = active.map(({ personaId }) => `persona_${personaId}`).filter((storeId) => !known.has(storeId))
  return (
    <ScrollArea h="100%">
      <Stack p="md" gap="md" maw={1040}>
        <Text size="sm" c="dimmed">
          Each persona is a store of its own: one log, one database, one object on the server. Nothing of one is in
          another.
        </Text>
        <Group gap="lg">
          <Figure label="on this device">{shards.length}</Figure>
          <Figure label="open now">{shards.filter(({ state }) => state === 'open').length}</Figure>
          <Figure label="never opened here">{absent.length}</Figure>
          <Figure label="events waiting">{shards.reduce((sum, { waiting }) => sum + waiting, 0)}</Figure>
        </Group>
        <Revisions shards={shards} />
        <HistoryAlerts nameOf={(storeId) => nameOf(storeId, names)} />
        <SetAsides nameOf={(storeId) => nameOf(storeId, names)} />
        {shards.length === 0 ? (
          <EmptyState title="No shard is noted yet" text="Open a persona, and its store appears here a second later." />
        ) : (
          <ShardTable shards={shards} absent={absent} nameOf={(storeId) => nameOf(storeId, names)} />
        )}
        <VerifiedHistories nameOf={(storeId) => nameOf(storeId, names)} />
      </Stack>
    </ScrollArea>
  )
}

const nameOf = (storeId: string, names: ReadonlyMap<string, string>): string => {
  const name = parseStoreId(storeId)
  if (name instanceof Error) return storeId
  return name.kind === 'workspace' ? 'Workspace' : (names.get(name.id) ?? 'A persona not in the list')
}

const Figure = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div>
    <Text fw={600} size="lg" style={{ fontVariantNumeric: 'tabular-nums' }}>
      {children}
    </Text>
    <Text size="xs" c="dimmed">
      {label}
    </Text>
  </div>
)

/** How many shards are on which schema revision; an older one is made anew when it is opened next. */
const Revisions = ({ shards }: { readonly shards: readonly Shard[] }) => {
  const counts = Map.groupBy(shards, ({ storeId, revision }) => `${storeId.split('_')[0]} revision ${revision}`)
  return (
    <Group gap="sm" aria-label="Schema revisions">
      {[...counts].map(([label, on]) => (
        <Badge key={label} variant="default" tt="none" fw={400}>
          {on.length} on {label}
          {label.endsWith(` ${stateRevisions[label.startsWith('w') ? 'workspace' : 'persona']}`)
            ? ''
            : ', rebuilt on opening'}
        </Badge>
      ))}
    </Group>
  )
}
