import { ActionIcon, CopyButton, Group, Stack, Table, Text, Tooltip } from '@mantine/core'
import { Check, Copy } from 'lucide-react'
import type { StateReport } from '#web/services/history/verify-shard.ts'
import classes from './verify.module.css'
import { countOf } from './verify-sentences.ts'

interface StateHashesProps {
  readonly state: StateReport
  /** Events of this device that the server does not have. */
  readonly waiting: number
}

/** The hash of the state, and of each table as it was made twice, as it is kept, and as it is shown. */
export const StateHashes = ({ state, waiting }: StateHashesProps) => {
  const { rebuilt, again, kept, shown } = state
  return (
    <Stack gap="sm">
      <div>
        <Text size="sm" fw={600}>
          Hash of the state
        </Text>
        <Group gap="sm" wrap="nowrap">
          <code className={classes.hash}>{rebuilt.hash}</code>
          <CopyButton value={rebuilt.hash} timeout={2000}>
            {({ copied, copy }) => (
              <Tooltip label={copied ? 'Copied' : 'Copy'}>
                <ActionIcon variant="subtle" color="gray" onClick={copy} aria-label="Copy the hash of the state">
                  {copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
                </ActionIcon>
              </Tooltip>
            )}
          </CopyButton>
        </Group>
        <Text size="sm" c="dimmed">
          <code className={classes.hash}>pjai replay</code> of the exported bundle prints the same hash
          {waiting === 0 ? '.' : `, once the ${countOf(waiting, 'event')} that waits here is with the server.`}
        </Text>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a phone it scrolls, so it must be reachable */}
      <section className={classes.scroll} tabIndex={0} aria-label="Hashes of the tables, to scroll">
        <Table className={classes.tables ?? ''} verticalSpacing={2} aria-label="Hashes of the tables">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Table</Table.Th>
              <Table.Th>Rebuilt</Table.Th>
              <Table.Th>Rebuilt again</Table.Th>
              <Table.Th>Kept</Table.Th>
              <Table.Th>Shown</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {[...rebuilt.tables].map(([table, hash]) => (
              <Table.Tr key={table}>
                <Table.Td>{table}</Table.Td>
                {[hash, again.tables.get(table), kept.kept.tables.get(table), shown.kept.tables.get(table)].map(
                  (one, place) => (
                    // The columns have no identity but their place.
                    // biome-ignore lint/suspicious/noArrayIndexKey: as above
                    <Table.Td key={place} title={one} data-differs={one === hash ? undefined : true}>
                      {one?.slice(0, 10) ?? '–'}
                    </Table.Td>
                  ),
                )}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </Stack>
  )
}
