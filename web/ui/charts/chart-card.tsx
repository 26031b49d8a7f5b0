import { ActionIcon, Group, Paper, Table, Text, Title, Tooltip } from '@mantine/core'
import { ChartColumn, Download, Table2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import classes from './charts.module.css'
import { type ChartTable, csvOf } from './csv.ts'
import { downloadText } from './download.ts'
import { wholeNumber } from './numbers.ts'

interface ChartCardProps {
  /** What the chart says, as a sentence. */
  readonly finding: string
  /** What it shows. */
  readonly subject: string
  readonly table: ChartTable
  /** Name of the exported file, without its ending. */
  readonly fileName: string
  readonly actions?: ReactNode
  readonly children: ReactNode
}

/** A chart with what it says above it, the numbers behind it, and a way out of it. */
export const ChartCard = ({ finding, subject, table, fileName, actions, children }: ChartCardProps) => {
  const [behind, setBehind] = useState(false)
  const turn = behind ? 'Show the chart' : 'Show the numbers'
  return (
    <Paper component="section" withBorder p="md" className={classes.card} aria-label={subject}>
      <Group justify="space-between" align="start" wrap="nowrap" mb="md">
        <div>
          <Title order={3} size="md" lh="md">
            {finding}
          </Title>
          <Text size="sm" c="dimmed">
            {subject}
          </Text>
        </div>
        <Group gap={4} wrap="nowrap">
          {actions}
          <Tooltip label={turn} openDelay={300}>
            <ActionIcon variant="subtle" color="gray" aria-label={turn} onClick={() => setBehind(!behind)}>
              {behind ? <ChartColumn size={16} /> : <Table2 size={16} />}
            </ActionIcon>
          </Tooltip>
          <Tooltip label="Export as CSV" openDelay={300}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label="Export as CSV"
              onClick={() => downloadText(`${fileName}.csv`, 'text/csv', csvOf(table))}
            >
              <Download size={16} />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {behind ? <Numbers table={table} /> : children}
    </Paper>
  )
}

const Numbers = ({ table }: { readonly table: ChartTable }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard.
  <section className={classes.numbers} tabIndex={0} aria-label="Numbers">
    <Table stickyHeader verticalSpacing={4} fz="sm">
      <Table.Thead>
        <Table.Tr>
          {table.columns.map((column) => (
            <Table.Th key={column}>{column}</Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {table.rows.map((row) => (
          <Table.Tr key={row.join('\n')}>
            {row.map((value, place) => (
              <Table.Td key={table.columns[place]} className={classes.number}>
                {typeof value === 'number' ? wholeNumber(value) : value}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
    {table.rows.length === 0 && (
      <Text size="sm" c="dimmed" p="sm">
        Nothing in this time.
      </Text>
    )}
  </section>
)
