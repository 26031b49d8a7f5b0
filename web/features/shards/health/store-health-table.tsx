import { Button, Paper, Table, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { StoreHealth } from '#schema/health/wire.ts'
import type { CellsSaid } from '#schema/placement/wire.ts'
import { CellName } from '#web/features/shards/cell-face.tsx'
import classes from '#web/features/shards/shards.module.css'
import { StateBadge } from '#web/features/shards/state-badge.tsx'
import type { NameOf } from '#web/features/shards/use-store-names.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { counted, wholeNumber } from '#web/ui/charts/numbers.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { msText, uptimeText } from './figures.ts'

interface StoreHealthTableProps {
  readonly stores: readonly StoreHealth[]
  readonly cells: CellsSaid['cells']
  readonly nameOf: NameOf
}

/** How each store does, the worst first; ten at first. */
export const StoreHealthTable = ({ stores, cells, nameOf }: StoreHealthTableProps) => {
  const [isWhole, setWhole] = useState(false)
  if (stores.length === 0) return null
  const shown = isWhole ? stores : stores.slice(0, fewStores)
  return (
    <Paper component="section" withBorder p="md" aria-label="Health of stores">
      <Title order={2} size="md" lh="md" mb="sm">
        {finding(stores)}
      </Title>
      <Table verticalSpacing={6} className={classes.number} aria-label="Health of stores">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Store</Table.Th>
            <Table.Th>Health</Table.Th>
            <Table.Th ta="right" visibleFrom="sm">
              Up in 24 hours
            </Table.Th>
            <Table.Th visibleFrom="xs">Cell</Table.Th>
            <Table.Th ta="right" visibleFrom="sm">
              Events
            </Table.Th>
            <Table.Th ta="right" visibleFrom="sm">
              Size
            </Table.Th>
            <Table.Th ta="right" visibleFrom="xs">
              Push p95
            </Table.Th>
            <Table.Th ta="right" visibleFrom="sm">
              Pull p95
            </Table.Th>
            <Table.Th ta="right">Errors</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {shown.map(({ storeId, cellId, state, uptime, records, bytes, push, pull, errors, lastError }) => (
            <Table.Tr key={storeId}>
              <Table.Td className={classes.words}>
                <Text size="sm" truncate title={storeId}>
                  {nameOf(storeId)}
                </Text>
                {lastError !== null && (
                  <Text size="xs" c="dimmed">
                    <RelativeTime at={new Date(lastError.at)} />: {lastError.what}
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <StateBadge state={state} />
                <Text size="xs" c="dimmed" hiddenFrom="sm">
                  Up: {uptimeText(uptime)}
                </Text>
              </Table.Td>
              <Table.Td ta="right" visibleFrom="sm" {...(uptime === null && { c: 'dimmed' })}>
                {uptimeText(uptime)}
              </Table.Td>
              <Table.Td visibleFrom="xs">
                <CellName cells={cells} cellId={cellId} />
              </Table.Td>
              <Table.Td ta="right" visibleFrom="sm">
                {wholeNumber(records)}
              </Table.Td>
              <Table.Td ta="right" visibleFrom="sm">
                {byteSize(bytes)}
              </Table.Td>
              <Table.Td ta="right" visibleFrom="xs">
                {msText(push.p95Ms)}
              </Table.Td>
              <Table.Td ta="right" visibleFrom="sm">
                {msText(pull.p95Ms)}
              </Table.Td>
              <Table.Td ta="right">{wholeNumber(errors)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed" mt="sm">
        Up in 24 hours: of the five-minute spans in which a store reported or was asked, the share in which it answered.
      </Text>
      {stores.length > shown.length && (
        <Button size="compact-sm" variant="subtle" color="gray" mt={4} onClick={() => setWhole(true)}>
          Show all {stores.length}
        </Button>
      )}
    </Paper>
  )
}

const finding = (stores: readonly StoreHealth[]): string => {
  const ill = stores.filter(({ state }) => state === 'degraded' || state === 'down').length
  return ill === 0
    ? `Nothing is wrong with ${counted(stores.length, 'store')}`
    : `${counted(ill, 'store')} of ${wholeNumber(stores.length)} not as they should be`
}

const fewStores = 10
