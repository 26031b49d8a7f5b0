import { Table } from '@mantine/core'
import type { CellsSaid } from '#schema/placement/wire.ts'
import { CellName, hueOf, hueStyle } from '#web/features/shards/cell-face.tsx'
import shared from '#web/features/shards/shards.module.css'
import type { Plan } from '#web/services/cells/plans.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import classes from './plan.module.css'

interface BeforeAfterProps extends Pick<Plan, 'before' | 'after'> {
  readonly cells: CellsSaid['cells']
}

/** Two bars a cell on one scale: what stands in it now, and what would. */
export const BeforeAfter = ({ before, after, cells }: BeforeAfterProps) => {
  const highest = Math.max(1, ...[...before, ...after].map(({ bytes }) => bytes))
  return (
    <Table verticalSpacing={6} mt="md" aria-label="Before and after" className={shared.number}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>Cell</Table.Th>
          <Table.Th ta="right">Stores</Table.Th>
          <Table.Th className={classes.bars}>Size, before and after</Table.Th>
          <Table.Th ta="right" visibleFrom="xs">
            Change
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {after.map(({ cellId, stores, bytes }) => {
          const was = before.find((load) => load.cellId === cellId) ?? { stores: 0, bytes: 0 }
          return (
            <Table.Tr key={cellId}>
              <Table.Td>
                <CellName cells={cells} cellId={cellId} />
              </Table.Td>
              <Table.Td ta="right">
                {wholeNumber(was.stores)} → {wholeNumber(stores)}
              </Table.Td>
              <Table.Td className={classes.bars} style={hueStyle(hueOf(cells, cellId))}>
                <div className={classes.bar} title={`before: ${byteSize(was.bytes)}`}>
                  <span data-before style={{ inlineSize: `${(was.bytes / highest) * 100}%` }} />
                </div>
                <div className={classes.bar} title={`after: ${byteSize(bytes)}`}>
                  <span style={{ inlineSize: `${(bytes / highest) * 100}%` }} />
                </div>
              </Table.Td>
              <Table.Td ta="right" visibleFrom="xs">
                {changeText(bytes - was.bytes)}
              </Table.Td>
            </Table.Tr>
          )
        })}
      </Table.Tbody>
    </Table>
  )
}

const changeText = (bytes: number): string =>
  bytes === 0 ? 'none' : `${bytes > 0 ? '+' : '−'}${byteSize(Math.abs(bytes))}`
