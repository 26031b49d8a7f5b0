import { Anchor, Button, Table, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { Figures } from '#web/services/shards/figures.ts'
import { standingOf } from '#web/services/shards/standing.ts'
import { useFigures } from '#web/services/shards/use-figures.ts'
import type { Shard } from '#web/services/shards/use-shards.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { ShardMenu } from './shard-menu.tsx'

interface ShardTableProps {
  readonly shards: readonly Shard[]
  /** Ids of stores that are listed and were never opened here. */
  readonly absent: readonly string[]
  readonly nameOf: (storeId: string) => string
}

/** Every store one by one: how it stands, and how much it holds. Its name leads into it. */
export const ShardTable = ({ shards, absent, nameOf }: ShardTableProps) => {
  const figures = useFigures(shards)
  return (
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
            <Table.Th ta="right" visibleFrom="md">
              Tables
            </Table.Th>
            <Table.Th ta="right" visibleFrom="sm">
              Rows
            </Table.Th>
            <Table.Th ta="right" visibleFrom="sm">
              Size
            </Table.Th>
            <Table.Th ta="right" visibleFrom="sm">
              Schema
            </Table.Th>
            <Table.Th visibleFrom="md">Opened</Table.Th>
            <Table.Th aria-label="Actions" />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shards.toSorted(byUrgency).map((shard) => (
            <Table.Tr key={shard.storeId}>
              <StoreCell storeId={shard.storeId} name={nameOf(shard.storeId)} />
              <Table.Td>
                <SyncState shard={shard} />
              </Table.Td>
              <Table.Td ta="right" visibleFrom="sm">
                {shard.events.toLocaleString()}
              </Table.Td>
              <Table.Td ta="right">{shard.waiting.toLocaleString()}</Table.Td>
              <FigureCells figures={figures.get(shard.storeId)} />
              <Table.Td ta="right" visibleFrom="sm">
                {shard.revision ?? '–'}
              </Table.Td>
              <Table.Td visibleFrom="md">
                {shard.openedAt === null ? 'never' : <RelativeTime at={shard.openedAt} />}
              </Table.Td>
              <Table.Td ta="right">
                <ShardMenu storeId={shard.storeId} name={nameOf(shard.storeId)} />
              </Table.Td>
            </Table.Tr>
          ))}
          {absent.map((storeId) => (
            <Table.Tr key={storeId}>
              <StoreCell storeId={storeId} name={nameOf(storeId)} />
              <Table.Td>
                <Text size="sm" c="dimmed">
                  not on this device
                </Text>
              </Table.Td>
              <Table.Td visibleFrom="sm" />
              <Table.Td />
              <FigureCells figures={undefined} />
              <Table.Td ta="right" visibleFrom="sm">
                –
              </Table.Td>
              <Table.Td visibleFrom="md">never</Table.Td>
              <Table.Td ta="right">
                <Button
                  size="compact-xs"
                  variant="default"
                  aria-label={`Open ${nameOf(storeId)}`}
                  renderRoot={(props) => <Link {...props} to="/shards/explore" search={{ store: storeId }} />}
                >
                  Open
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

const StoreCell = ({ storeId, name }: { readonly storeId: string; readonly name: string }) => (
  <Table.Td>
    <Anchor
      size="sm"
      c="inherit"
      title={`Look into ${name}`}
      renderRoot={(props) => <Link {...props} to="/shards/explore" search={{ store: storeId }} />}
    >
      {name}
    </Anchor>
    <Text size="xs" c="dimmed" ff="monospace" title={storeId}>
      {storeId.slice(0, 18)}…
    </Text>
  </Table.Td>
)

const FigureCells = ({ figures }: { readonly figures: Figures | undefined }) => (
  <>
    <Table.Td ta="right" visibleFrom="md">
      {figures?.tables.toLocaleString() ?? '–'}
    </Table.Td>
    <Table.Td ta="right" visibleFrom="sm">
      {figures?.rows.toLocaleString() ?? '–'}
    </Table.Td>
    <Table.Td ta="right" visibleFrom="sm" title={figures && `${figures.bytes.toLocaleString()} bytes`}>
      {figures === undefined ? '–' : byteSize(figures.bytes)}
    </Table.Td>
  </>
)

const byUrgency = (a: Shard, b: Shard) =>
  Number(b.refusal !== null) - Number(a.refusal !== null) ||
  b.waiting - a.waiting ||
  (b.openedAt?.getTime() ?? 0) - (a.openedAt?.getTime() ?? 0)

const SyncState = ({ shard }: { readonly shard: Shard }) => {
  const { said, tone } = standingOf(shard)
  return (
    <Text size="sm" {...(tone !== 'plain' && { c: tone === 'bad' ? 'red' : 'dimmed' })}>
      {said}
    </Text>
  )
}
