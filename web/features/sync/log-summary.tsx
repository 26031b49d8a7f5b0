import { Code, Group, Loader, Modal, Stack, Table, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { type LogReport, lookIntoLog } from '#web/livestore/log-report.ts'

interface LogSummaryProps {
  readonly storeId: string
  readonly name: string
  readonly onClose: () => void
}

/** What a shard's log holds, by kind of event; events of a newer version are kept and named. */
export const LogSummary = ({ storeId, name, onClose }: LogSummaryProps) => {
  const [report, setReport] = useState<LogReport | Error>()
  useEffect(() => {
    lookIntoLog(storeId).then(setReport, (error: unknown) =>
      setReport(error instanceof Error ? error : new Error(String(error))),
    )
  }, [storeId])
  return (
    <Modal opened onClose={onClose} title={`The log of ${name}`} size="lg">
      {report === undefined && <Loader size="sm" role="status" aria-label="Reading the log" />}
      {report instanceof Error && <Text c="red">{report.message}</Text>}
      {report !== undefined && !(report instanceof Error) && (
        <Stack gap="sm">
          <Group gap="sm">
            <Text size="sm">State hash</Text>
            <Code aria-label="State hash">{report.stateHash}</Code>
          </Group>
          <Table verticalSpacing={4}>
            <Table.Tbody>
              {report.events.map(({ eventName, count, isKnown }) => (
                <Table.Tr key={eventName}>
                  <Table.Td ff="monospace">{eventName}</Table.Td>
                  <Table.Td ta="right">{count.toLocaleString()}</Table.Td>
                  <Table.Td>{isKnown ? '' : 'of a newer version: kept, applied after the update'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Stack>
      )}
    </Modal>
  )
}
