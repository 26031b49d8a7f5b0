import { ActionIcon, Button, CopyButton, Group, Paper, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Copy, X } from 'lucide-react'
import type { CellsSaid, PlacementSaid } from '#schema/placement/wire.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { counted } from '#web/ui/charts/numbers.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { CellName } from './cell-face.tsx'

interface ChosenStoreProps {
  readonly placement: PlacementSaid
  readonly cells: CellsSaid['cells']
  readonly name: string
  readonly onClose: () => void
}

/** Where one store stands, since when and why, and what can be done about it. */
export const ChosenStore = ({ placement, cells, name, onClose }: ChosenStoreProps) => {
  const { storeId, cellId, epoch, strategy, pinned, since, records, bytes, isMine, status } = placement
  return (
    <Paper component="section" withBorder p="md" aria-label="Chosen store">
      <Group justify="space-between" wrap="nowrap" align="start">
        <div style={{ minInlineSize: 0 }}>
          <Title order={2} size="md" lh="md">
            {name}
          </Title>
          <Text size="xs" c="dimmed" ff="monospace" truncate>
            {storeId}
          </Text>
        </div>
        <Group gap={4} wrap="nowrap">
          <CopyButton value={storeId}>
            {({ copy, copied }) => (
              <ActionIcon variant="subtle" color="gray" aria-label={copied ? 'Copied' : 'Copy its id'} onClick={copy}>
                <Copy size={16} />
              </ActionIcon>
            )}
          </CopyButton>
          <ActionIcon variant="subtle" color="gray" aria-label="Close" onClick={onClose}>
            <X size={16} />
          </ActionIcon>
        </Group>
      </Group>
      <Text size="sm" my="sm" component="div">
        <CellName cells={cells} cellId={cellId} /> {pinned ? 'pinned' : `by ${strategy}`}, epoch {epoch}, since{' '}
        <RelativeTime at={new Date(since)} />
        {status === 'migrating' && ', on its way elsewhere'}
      </Text>
      {records !== null && (
        <Text size="sm" c="dimmed">
          {counted(records, 'event')}
          {bytes !== null && `, ${byteSize(bytes)}`}
        </Text>
      )}
      {isMine && (
        <Group gap="sm" mt="sm">
          <Button
            size="compact-sm"
            variant="default"
            renderRoot={(props) => <Link {...props} to="/shards/plan" search={{ what: 'move', store: storeId }} />}
          >
            Move it…
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            renderRoot={(props) => <Link {...props} to="/shards/explore" search={{ store: storeId }} />}
          >
            Look into it
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            renderRoot={(props) => <Link {...props} to="/shards/moves" search={{ store: storeId }} />}
          >
            Its moves
          </Button>
        </Group>
      )}
    </Paper>
  )
}
