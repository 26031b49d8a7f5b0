import { Alert, Button, Stack, Table, Text, UnstyledButton } from '@mantine/core'
import { diffByThing, type ThingDiff } from '#schema/stores/state-diff.ts'
import type { Comparison } from '#web/services/history/compare.ts'
import classes from './compare.module.css'
import { ThingChange } from './thing-change.tsx'
import { pageRows } from './use-comparison.ts'

interface ComparisonViewProps {
  readonly found: Comparison
  readonly personaId: string
  /** Of two worlds, and not of two moments of one. */
  readonly isWhatIf: boolean
  readonly table: string | undefined
  readonly onTable: (table: string | undefined) => void
  readonly isLoading: boolean
  readonly onMore: () => void
}

/** What differs: counted by table, and thing by thing in pages. */
export const ComparisonView = (props: ComparisonViewProps) => {
  const { found, personaId, isWhatIf, table, onTable, isLoading, onMore } = props
  const things = diffByThing(found.tables)
  const hasMore = found.tables.some(({ added, changed, removed, rows }) => rows.length < added + changed + removed)
  const words = isWhatIf ? worldWords : momentWords
  return (
    <Stack gap="lg">
      {found.failure !== null && (
        <Alert color="red" variant="light" title="The other world ends early">
          {found.failure} What came before that event is compared.
        </Alert>
      )}
      <Text role="status" size="sm">
        {summaryOf(props)}
      </Text>
      {found.tables.length > 0 && (
        <Table.ScrollContainer minWidth={320}>
          <Table verticalSpacing={4} className={classes.numbers ?? ''} aria-label="By table">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Table</Table.Th>
                <Table.Th ta="right">{words.added}</Table.Th>
                <Table.Th ta="right">{words.changed}</Table.Th>
                <Table.Th ta="right">{words.removed}</Table.Th>
                <Table.Th ta="right">{isWhatIf ? 'As it is' : 'Rows before'}</Table.Th>
                <Table.Th ta="right">{isWhatIf ? 'What if' : 'Rows after'}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.tables.map((diff) => (
                <Table.Tr key={diff.table}>
                  <Table.Td>
                    <UnstyledButton
                      fz="sm"
                      td="underline"
                      aria-pressed={table === diff.table}
                      onClick={() => onTable(table === diff.table ? undefined : diff.table)}
                    >
                      {diff.table}
                    </UnstyledButton>
                  </Table.Td>
                  {[diff.added, diff.changed, diff.removed, ...(found.counts[diff.table] ?? [])].map((count, place) => (
                    // The columns have no identity but their place.
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    <Table.Td key={place} ta="right">
                      {count.toLocaleString()}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {table !== undefined && (
        <div>
          <Button size="xs" variant="default" onClick={() => onTable(undefined)}>
            Show all tables
          </Button>
        </div>
      )}
      {things.length > 0 && (
        <ul className={classes.things} aria-label="By thing">
          {things.map((thing) => (
            <ThingChange
              key={`${thing.kind} ${thing.id}`}
              thing={thing}
              label={found.labels[`${thing.kind} ${thing.id}`]}
              personaId={personaId}
              words={words}
            />
          ))}
        </ul>
      )}
      {hasMore && (
        <div>
          <Button variant="default" loading={isLoading} onClick={onMore}>
            Show up to {pageRows} more of each table
          </Button>
        </div>
      )}
    </Stack>
  )
}

type Words = Readonly<Record<ThingDiff['change'], string>>

const momentWords: Words = { added: 'Added', changed: 'Changed', removed: 'Removed' }
const worldWords: Words = { added: 'Only if', changed: 'Otherwise', removed: 'Only as is' }

const summaryOf = ({ found, isWhatIf }: ComparisonViewProps): string => {
  const sum = (of: 'added' | 'changed' | 'removed') => found.tables.reduce((total, diff) => total + diff[of], 0)
  const left = found.leftOut === 0 ? '' : ` ${found.leftOut.toLocaleString()} events are left out.`
  if (found.tables.length === 0)
    return `${isWhatIf ? 'Both worlds are the same.' : 'Nothing changed between the two.'}${left}`
  const counts = (['added', 'changed', 'removed'] as const).map((of) => sum(of).toLocaleString())
  return isWhatIf
    ? `${counts[0]} rows are only in the other world, ${counts[1]} are otherwise there, ${counts[2]} are missing there.${left}`
    : `${counts[0]} rows were added, ${counts[1]} changed, ${counts[2]} removed.`
}
