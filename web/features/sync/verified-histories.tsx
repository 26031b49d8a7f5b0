import { Code, Stack, Table, Text } from '@mantine/core'
import { useHistories } from '#web/livestore/history-alerts.ts'
import { RelativeTime } from '#web/ui/times.tsx'

/** How far the server's history of each store is verified on this device, and by what key the server signs. */
export const VerifiedHistories = ({ nameOf }: { readonly nameOf: (storeId: string) => string }) => {
  const histories = useHistories().flatMap(({ verified, ...note }) =>
    verified === undefined ? [] : [{ ...note, verified }],
  )
  const serverKeys = [...new Set(histories.map(({ verified }) => verified.serverKey))]
  if (histories.length === 0) return null
  return (
    <Stack gap="xs">
      <Text fw={600} size="sm">
        Verified on this device
      </Text>
      <Table verticalSpacing={4} aria-label="Verified histories">
        <Table.Tbody>
          {histories.map(({ storeId, verified: { seq, hash }, checkedAt }) => (
            <Table.Tr key={storeId}>
              <Table.Td>{nameOf(storeId)}</Table.Td>
              <Table.Td>up to event {seq.toLocaleString()}</Table.Td>
              <Table.Td ff="monospace" title={hash} visibleFrom="sm">
                {hash.slice(0, 16)}…
              </Table.Td>
              <Table.Td>
                <RelativeTime at={checkedAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Text size="xs" c="dimmed">
        The server signs with{' '}
        {serverKeys.map((key) => (
          <Code key={key}>{key}</Code>
        ))}
      </Text>
    </Stack>
  )
}
