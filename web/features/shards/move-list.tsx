import { Button, Table, Text } from '@mantine/core'
import { useState } from 'react'
import type { PlannedMove } from '#schema/placement/planner.ts'
import type { CellsSaid } from '#schema/placement/wire.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { counted } from '#web/ui/charts/numbers.ts'
import { CellWay } from './cell-face.tsx'
import classes from './shards.module.css'
import type { NameOf } from './use-store-names.ts'

interface MoveListProps {
  readonly moves: readonly PlannedMove[]
  readonly cells: CellsSaid['cells']
  readonly nameOf: NameOf
  readonly label: string
}

/** What would go where, how much that is, and why; ten at first. */
export const MoveList = ({ moves, cells, nameOf, label }: MoveListProps) => {
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? moves : moves.slice(0, fewMoves)
  return (
    <>
      <Table verticalSpacing={4} mt="sm" aria-label={label} className={classes.number}>
        <Table.Tbody>
          {shown.map(({ storeId, from, to, events, bytes, why }) => (
            <Table.Tr key={storeId}>
              <Table.Td className={classes.words}>
                <Text size="sm" truncate title={storeId}>
                  {nameOf(storeId)}
                </Text>
                <Text size="xs" c="dimmed">
                  {why}
                </Text>
              </Table.Td>
              <Table.Td>
                <CellWay cells={cells} from={from} to={to} />
              </Table.Td>
              <Table.Td ta="right" visibleFrom="xs">
                {counted(events, 'event')}
              </Table.Td>
              <Table.Td ta="right" visibleFrom="xs">
                {byteSize(bytes)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {moves.length > shown.length && (
        <Button size="compact-sm" variant="subtle" color="gray" mt={4} onClick={() => setWhole(true)}>
          Show all {moves.length}
        </Button>
      )}
    </>
  )
}

const fewMoves = 10
