import { Button, Group, Paper, Table, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import type { CellHealth } from '#schema/health/wire.ts'
import type { CellChangesSaid, CellsSaid } from '#schema/placement/wire.ts'
import { cellChanges } from '#web/services/cells/placement-calls.ts'
import { useTold } from '#web/services/cells/watch.ts'
import { cellHealthWatch } from '#web/services/cells/watches.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import { CellName, hueOf, hueStyle, takesWords } from './cell-face.tsx'
import { CellMenu } from './cell-menu.tsx'
import { ChangeList } from './change-list.tsx'
import classes from './shards.module.css'
import { StateBadge } from './state-badge.tsx'

/** Each cell with what it holds, how full it is, how it does, and whether anything new comes to it. */
export const CellTable = ({ said: { cells, mayOperate } }: { readonly said: CellsSaid }) => {
  const healths = useTold(cellHealthWatch).value?.cells
  return (
    <Paper component="section" withBorder p="md" aria-label="Cells">
      <Group justify="space-between" mb="sm" wrap="nowrap">
        <Title order={2} size="md" lh="md">
          Cells
        </Title>
        {mayOperate && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<Plus size={14} />}
            renderRoot={(props) => <Link {...props} to="/shards/plan" search={{ what: 'add' }} />}
          >
            Add a cell
          </Button>
        )}
      </Group>
      <Table.ScrollContainer minWidth={300} type="native">
        <Table verticalSpacing={6} aria-label="Cells" className={classes.number}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Cell</Table.Th>
              <Table.Th>Health</Table.Th>
              <Table.Th ta="right">Stores</Table.Th>
              <Table.Th ta="right" visibleFrom="xs">
                Events
              </Table.Th>
              <Table.Th ta="right">Size</Table.Th>
              <Table.Th ta="right" visibleFrom="xs">
                Connected
              </Table.Th>
              <Table.Th visibleFrom="xs">Full</Table.Th>
              <Table.Th aria-label="Actions" />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {cells.map((cell) => (
              <CellRow
                key={cell.cellId}
                cell={cell}
                cells={cells}
                health={healths?.find(({ cellId }) => cellId === cell.cellId)}
                mayOperate={mayOperate}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {mayOperate && <ChangeList key={settingsOf(cells)} load={cellChanges} wordsOf={changeWords} />}
    </Paper>
  )
}

interface CellRowProps {
  readonly cell: CellsSaid['cells'][number]
  readonly cells: CellsSaid['cells']
  readonly health: CellHealth | undefined
  readonly mayOperate: boolean
}

const CellRow = ({ cell, cells, health, mayOperate }: CellRowProps) => (
  <Table.Tr>
    <Table.Td>
      <CellName cells={cells} cellId={cell.cellId} />
      <Text size="xs" c="dimmed">
        {[
          takesWords(cell),
          ...(cell.weight === 1 ? [] : [`weight ${cell.weight}`]),
          ...(cell.jurisdiction === null ? [] : [cell.jurisdiction.toUpperCase()]),
        ].join(', ')}
      </Text>
    </Table.Td>
    <Table.Td>{health === undefined ? '–' : <StateBadge state={health.state} />}</Table.Td>
    <Table.Td ta="right">{wholeNumber(cell.stores)}</Table.Td>
    <Table.Td ta="right" visibleFrom="xs">
      {wholeNumber(cell.records)}
    </Table.Td>
    <Table.Td ta="right" title={`${wholeNumber(cell.bytes)} bytes`}>
      {byteSize(cell.bytes)}
    </Table.Td>
    <Table.Td ta="right" visibleFrom="xs">
      {wholeNumber(cell.connections)}
    </Table.Td>
    <Table.Td visibleFrom="xs">
      {health === undefined ? '–' : <Meter part={health.utilisation} hue={hueOf(cells, cell.cellId)} />}
    </Table.Td>
    <Table.Td ta="right">{mayOperate && <CellMenu cell={cell} />}</Table.Td>
  </Table.Tr>
)

const Meter = ({ part, hue }: { readonly part: number; readonly hue: number }) => {
  const said = part.toLocaleString(undefined, { style: 'percent' })
  return (
    <Group gap={8} wrap="nowrap">
      <div className={classes.meter} style={hueStyle(hue)} data-full={part >= 0.9 || undefined} aria-hidden>
        <span style={{ inlineSize: `${Math.min(100, part * 100)}%` }} />
      </div>
      <Text size="xs">{said}</Text>
    </Group>
  )
}

/** When this changes, so did what was changed before. */
const settingsOf = (cells: CellsSaid['cells']): string =>
  cells.map(({ cellId, weight, draining, readOnly }) => `${cellId} ${weight} ${draining} ${readOnly}`).join('\n')

const changeWords = ({ cellId, kind, change }: CellChangesSaid['changes'][number]): string => {
  const settings = Object.entries(change).map(([name, value]) => `${name} ${value}`)
  return [`${cellId} ${kind}`, ...settings].join(', ')
}
