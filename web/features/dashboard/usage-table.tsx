import { Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { asCost } from '#web/ui/amounts.ts'
import { wholeNumber } from '#web/ui/charts/numbers.ts'

interface UsageRow {
  readonly id: string
  readonly name: ReactNode
  readonly count: Amount
  readonly tokens: Amount
  readonly cost: Amount
}

type Amount = number | '—'

interface UsageTableProps {
  readonly label: string
  /** Whose usage it is, and what is counted of it. */
  readonly columns: readonly [whose: string, what: string]
  readonly rows: readonly UsageRow[]
}

export const UsageTable = ({ label, columns: [whose, what], rows }: UsageTableProps) => (
  <Table style={{ fontVariantNumeric: 'tabular-nums' }} aria-label={label}>
    <Table.Thead>
      <Table.Tr>
        <Table.Th>{whose}</Table.Th>
        {[what, 'Tokens', 'Cost'].map((column) => (
          <Table.Th key={column} ta="right">
            {column}
          </Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
    <Table.Tbody>
      {rows.map(({ id, name, count, tokens, cost }) => (
        <Table.Tr key={id}>
          <Table.Td>{name}</Table.Td>
          <Table.Td ta="right">{shown(count, wholeNumber)}</Table.Td>
          <Table.Td ta="right">{shown(tokens, wholeNumber)}</Table.Td>
          <Table.Td ta="right">{shown(cost, asCost)}</Table.Td>
        </Table.Tr>
      ))}
    </Table.Tbody>
  </Table>
)

const shown = (amount: Amount, asText: (value: number) => string): string => (amount === '—' ? amount : asText(amount))
