import { Paper, Table, Text, Title } from '@mantine/core'
import type { CellsSaid } from '#schema/placement/wire.ts'
import { CellWay } from '#web/features/shards/cell-face.tsx'
import classes from '#web/features/shards/shards.module.css'
import type { NameOf } from '#web/features/shards/use-store-names.ts'
import type { Move } from '#web/services/cells/placement-calls.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { counted, wholeNumber } from '#web/ui/charts/numbers.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { stepWords, took } from './steps.ts'

interface MoveHistoryProps {
  readonly moves: readonly Move[]
  readonly cells: CellsSaid['cells']
  readonly nameOf: NameOf
}

/** What moved before, and what was called back. */
export const MoveHistory = ({ moves, cells, nameOf }: MoveHistoryProps) => (
  <Paper component="section" withBorder p="md" aria-label="Past moves">
    <Title order={2} size="md" lh="md">
      {finding(moves)}
    </Title>
    <Table verticalSpacing={6} mt="sm" aria-label="Past moves" className={classes.number}>
      <Table.Tbody>
        {moves.map(({ moveId, storeId, from, to, step, events, bytes, fenceMs, startedAt, arrivedAt, why }) => (
          <Table.Tr key={moveId}>
            <Table.Td className={classes.words}>
              <Text size="sm" truncate title={storeId}>
                {nameOf(storeId)}
              </Text>
              <Text size="xs" c="dimmed">
                {stepWords[step] ?? step}
                {why !== null && step === 'rolled back' && `: ${why}`}
              </Text>
            </Table.Td>
            <Table.Td>
              <CellWay cells={cells} from={from} to={to} />
              <Text size="xs" c="dimmed">
                <RelativeTime at={new Date(startedAt)} />
                {arrivedAt !== null && `, took ${took(startedAt, arrivedAt)}`}
              </Text>
            </Table.Td>
            <Table.Td ta="right" visibleFrom="xs">
              {counted(events, 'event')}
              <Text size="xs" c="dimmed">
                {byteSize(bytes)}
              </Text>
            </Table.Td>
            <Table.Td ta="right" visibleFrom="xs" title="How long nobody could write">
              {fenceMs === null ? '–' : `${wholeNumber(fenceMs)} ms`}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Paper>
)

const finding = (moves: readonly Move[]): string => {
  const fences = moves.flatMap(({ fenceMs }) => (fenceMs === null ? [] : [fenceMs]))
  const said = counted(moves.length, 'move')
  if (fences.length === 0) return `${said} before`
  const mean = fences.reduce((sum, ms) => sum + ms, 0) / fences.length
  return `${said} before; writers waited ${wholeNumber(Math.round(mean))} ms on average`
}
