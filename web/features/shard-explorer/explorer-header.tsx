import { ActionIcon, Badge, Group, Select, Text, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { useRef } from 'react'
import { directory$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { standingOf } from '#web/services/shards/standing.ts'
import { useShards } from '#web/services/shards/use-shards.ts'
import { counted } from '#web/ui/charts/numbers.ts'
import { useKeys } from '#web/ui/use-keys.ts'
import { shardsToExplore } from './stores-to-explore.ts'

interface ExplorerHeaderProps {
  readonly storeId: string
  readonly onSwitch: (storeId: string) => void
}

/** Which store one looks into, and the way to any other: `s` and a few letters, or `[` and `]` to its neighbours. */
export const ExplorerHeader = ({ storeId, onSwitch }: ExplorerHeaderProps) => {
  const workspace = useWorkspaceStore()
  const shards = useShards()
  const active = workspace.useQuery(directory$({ show: 'active', sort: 'name' }))
  const stores = shardsToExplore(shards, active)
  const field = useRef<HTMLInputElement>(null)
  // Not by what is open: that changes by going there.
  const inOrder = stores.toSorted((a, b) => a.name.localeCompare(b.name) || (a.storeId < b.storeId ? -1 : 1))
  const place = inOrder.findIndex((store) => store.storeId === storeId)
  const step = (by: number) => () => {
    const next = inOrder[(place + by + inOrder.length) % inOrder.length]
    if (next !== undefined) onSwitch(next.storeId)
  }
  useKeys({
    s: (event) => {
      event.preventDefault()
      field.current?.focus()
      field.current?.select()
    },
    '[': step(-1),
    ']': step(1),
  })
  const shard = shards.find((one) => one.storeId === storeId)
  const groups = Map.groupBy(stores, ({ group }) => group)
  return (
    <Group gap="sm" px="md" py={8} wrap="nowrap">
      <Tooltip label="All stores" openDelay={300}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="All stores"
          renderRoot={(props) => <Link {...props} to="/shards/explore" />}
        >
          <ArrowLeft size={16} />
        </ActionIcon>
      </Tooltip>
      <Select
        ref={field}
        size="xs"
        w={240}
        aria-label="Store"
        searchable
        allowDeselect={false}
        nothingFoundMessage="No store is called so"
        comboboxProps={{ width: 300, position: 'bottom-start' }}
        maxDropdownHeight={420}
        value={storeId}
        onChange={(chosen) => {
          if (chosen !== null) onSwitch(chosen)
          field.current?.blur()
        }}
        data={[...groups].map(([group, items]) => ({
          group,
          items: items.map(({ storeId, name }) => ({ value: storeId, label: name })),
        }))}
      />
      {shard !== undefined && (
        <Group gap={6} wrap="nowrap" visibleFrom="sm">
          <Badge variant="default" tt="none" fw={400}>
            {standingOf(shard).said}
          </Badge>
          <Text size="xs" c="dimmed" style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>
            {counted(shard.events, 'event')}
            {shard.waiting > 0 && `, ${shard.waiting.toLocaleString()} waiting`}
            {shard.revision !== null && `, schema ${shard.revision}`}
          </Text>
        </Group>
      )}
      <Text size="xs" c="dimmed" ms="auto" visibleFrom="md" style={{ whiteSpace: 'nowrap' }}>
        <kbd>s</kbd> another store, <kbd>[</kbd> <kbd>]</kbd> the next
      </Text>
    </Group>
  )
}
