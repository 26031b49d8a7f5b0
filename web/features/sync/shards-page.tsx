import { Badge, Group, ScrollArea, Stack, Table, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { stateRevisions } from '#schema/stores/revision.ts'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { directory$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import { HistoryAlerts } from './history-alerts.tsx'
import { SetAsides } from './set-asides.tsx'
import { ShardMenu } from './shard-menu.tsx'
import { type Shard, useShards } from './use-shards.ts'
import { VerifiedHistories } from './verified-histories.tsx'

/** Every shard of this device: what it holds, what it owes, which schema revision it is on, and how to mend it. */
export const ShardsPage = () => {
  const store = useWorkspaceStore()
  const shards = useShards()
  const active = store.useQuery(directory$({ show: 'active', sort: 'name' }))
  const names = new Map(active.map(({ personaId, name }) => [personaId, name]))
  const known = new Set(shards.map(({ storeId }) => storeId))
  const neverOpened = active.filter(({ personaId }) => !known.has(`persona_${personaId}`)).length
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
          <Figure label="never opened here">{neverOpened}</Figure>
          <Figure label="events waiting">{shards.reduce((sum, { waiting }) => sum + waiting, 0)}</Figure>
        </Group>
        <Revisions shards={shards} />
        <HistoryAlerts nameOf={(storeId) => nameOf(storeId, names)} />
        <SetAsides nameOf={(storeId) => nameOf(storeId, names)} />
        {shards.length === 0 ? (
          <EmptyState title="No shard is noted yet" text="Open a persona, and its store appears here a second later." />
        ) : (
          <Table.ScrollContainer minWidth={320}>
            <Table verticalSpacing="xs" highlightOnHover style={{ fontVariantNumeric: 'tabular-nums' }}>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Store</Table.Th>
                  <Table.Th>Sync</Table.Th>
                  <Table.Th ta="right" visibleFrom="sm">
                    Events
                  </Table.Th>
                  <Table.Th ta="right">Waiting</Table.Th>
                  <Table.Th ta="right" visibleFrom="sm">
                    Schema
                  </Table.Th>
                  <Table.Th visibleFrom="sm">Opened</Table.Th>
                  <Table.Th aria-label="Actions" />
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {shards.toSorted(byUrgency).map((shard) => (
                  <Table.Tr key={shard.storeId}>
                    <Table.Td>
                      <Text size="sm">{nameOf(shard.storeId, names)}</Text>
                      <Text size="xs" c="dimmed" ff="monospace" title={shard.storeId}>
                        {shard.storeId.slice(0, 18)}…
                      </Text>
                    </Table.Td>
                    <Table.Td>
                      <SyncState shard={shard} />
                    </Table.Td>
                    <Table.Td ta="right" visibleFrom="sm">
                      {shard.events.toLocaleString()}
                    </Table.Td>
                    <Table.Td ta="right">{shard.waiting.toLocaleString()}</Table.Td>
                    <Table.Td ta="right" visibleFrom="sm">
                      {shard.revision ?? '–'}
                    </Table.Td>
                    <Table.Td visibleFrom="sm">
                      {shard.openedAt === null ? 'never' : <RelativeTime at={shard.openedAt} />}
                    </Table.Td>
                    <Table.Td ta="right">
                      <ShardMenu storeId={shard.storeId} name={nameOf(shard.storeId, names)} />
                    </Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
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

const byUrgency = (a: Shard, b: Shard) =>
  Number(b.refusal !== null) - Number(a.refusal !== null) ||
  b.waiting - a.waiting ||
  (b.openedAt?.getTime() ?? 0) - (a.openedAt?.getTime() ?? 0)

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

const SyncState = ({ shard }: { readonly shard: Shard }) => {
  if (shard.refusal !== null)
    return (
      <Text size="sm" c="red">
        refused: {shard.refusal}
      </Text>
    )
  if (shard.state === 'failed')
    return (
      <Text size="sm" c="red">
        could not be opened
      </Text>
    )
  if (shard.state !== 'open')
    return (
      <Text size="sm" c="dimmed">
        {shard.waiting === 0 ? 'closed, synced' : 'closed, owes the server'}
      </Text>
    )
  if (!shard.connected) return <Text size="sm">offline</Text>
  return <Text size="sm">{shard.waiting === 0 ? 'synced' : 'syncing'}</Text>
}
