import { Table, Text } from '@mantine/core'
import type { CellsSaid, PlacementSaid } from '#schema/placement/wire.ts'
import { type DirectoryEntry, directory$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { personaStoreId } from '#web/livestore/stores.ts'
import { ChartCard } from '#web/ui/charts/chart-card.tsx'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import { CellName, hueOf, hueStyle } from './cell-face.tsx'
import classes from './shards.module.css'

interface DistributionCardProps {
  readonly cells: CellsSaid['cells']
  readonly placements: readonly PlacementSaid[]
}

/** How the personas of this workspace, and what they hold, lie over the cells. Counted here, since the server reads nothing. */
export const DistributionCard = ({ cells, placements }: DistributionCardProps) => {
  const personas = useWorkspaceStore().useQuery(directory$({ show: 'active', sort: 'name' }))
  const rows = distributionOf(cells, placements, personas)
  const total = rows.reduce((sum, { personas }) => sum + personas, 0)
  if (total === 0) return null
  return (
    <ChartCard
      finding={finding(rows, total)}
      subject="Personas, memories and conversations of this workspace by cell"
      fileName="pjai-personas-by-cell"
      table={{
        columns: ['Cell', ...columns.map(({ name }) => name)],
        rows: rows.map((row) => [row.cellId, ...columns.map(({ key }) => row[key])]),
      }}
    >
      <Table verticalSpacing={6} className={classes.number} aria-label="Distribution over cells">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Cell</Table.Th>
            {columns.map(({ key, name }) => (
              <Table.Th key={key}>{name}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.cellId}>
              <Table.Td>
                <CellName cells={cells} cellId={row.cellId} />
              </Table.Td>
              {columns.map(({ key }) => (
                <Table.Td key={key}>
                  <Text size="sm">{wholeNumber(row[key])}</Text>
                  <div className={classes.share} style={hueStyle(hueOf(cells, row.cellId))} aria-hidden>
                    <span style={{ inlineSize: `${partOf(row[key], rows, key) * 100}%` }} />
                  </div>
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ChartCard>
  )
}

const columns = [
  { key: 'personas', name: 'Personas' },
  { key: 'memories', name: 'Memories' },
  { key: 'conversations', name: 'Conversations' },
] as const

type Counted = (typeof columns)[number]['key']

const distributionOf = (
  cells: CellsSaid['cells'],
  placements: readonly PlacementSaid[],
  personas: readonly DirectoryEntry[],
) => {
  const byStore = new Map(personas.map((persona) => [personaStoreId(persona.personaId), persona]))
  return cells.map(({ cellId }) => {
    const here = placements.flatMap((placement) => {
      const persona = placement.cellId === cellId ? byStore.get(placement.storeId) : undefined
      return persona === undefined ? [] : [persona]
    })
    const sum = (key: 'memories' | 'conversations') => here.reduce((total, persona) => total + persona[key], 0)
    return { cellId, personas: here.length, memories: sum('memories'), conversations: sum('conversations') }
  })
}

type Row = ReturnType<typeof distributionOf>[number]

const partOf = (value: number, rows: readonly Row[], key: Counted) =>
  value / Math.max(1, ...rows.map((row) => row[key]))

const finding = (rows: readonly Row[], total: number): string => {
  const [most] = rows.toSorted((a, b) => b.personas - a.personas)
  if (most === undefined || most.personas === total)
    return total === 1 ? 'Your persona stands in one cell' : `All your personas stand in ${most?.cellId}`
  return `${most.cellId} holds ${wholeNumber(most.personas)} of your ${wholeNumber(total)} personas`
}
