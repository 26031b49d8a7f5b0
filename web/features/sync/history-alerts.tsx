import { Alert, Button, Group, List, Stack, Text } from '@mantine/core'
import type { HistoryNote } from '#web/livestore/device-db.ts'
import { useHistoryAlerts } from '#web/livestore/history-alerts.ts'
import { setAsideAndRefetch } from '#web/livestore/recovery.ts'
import { pool } from '#web/livestore/stores.ts'
import { acceptHistory } from '#web/services/history/keep-history.ts'
import { saveLog } from '#web/services/history/save-log.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { showDone, showRefusal } from '#web/ui/undo.tsx'

/** Where the server's history of a store contradicts what was seen of it: what, what it means, what to do. */
export const HistoryAlerts = ({ nameOf }: { readonly nameOf: (storeId: string) => string }) =>
  useHistoryAlerts().map((note) => <HistoryAlert key={note.storeId} note={note} name={nameOf(note.storeId)} />)

const HistoryAlert = ({ note, name }: { readonly note: HistoryNote; readonly name: string }) => {
  const { storeId, verified, alert } = note
  if (alert === null) return null
  const act = (work: () => Promise<string>) => () =>
    work()
      .then(showDone)
      .catch((error: unknown) => showRefusal(error instanceof Error ? error : new Error(String(error))))
  return (
    <Alert color="red" variant="light" title={`The server’s history of ${name} failed verification`}>
      <Stack gap="sm">
        <Text size="sm">
          What the server shows now is not what was seen before
          {verified === undefined ? '' : ` (verified up to event ${verified.seq.toLocaleString()})`}. Found{' '}
          <RelativeTime at={alert.at} />.
        </Text>
        <List size="sm">
          {alert.sentences.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
        <Text size="sm">
          Somebody changed it on the server, or the server lost a part and was restored. What is on this device is as it
          was. Save it first; then fetch the server’s history, and offer what it lacks again.
        </Text>
        <Group gap="sm">
          <Button size="xs" onClick={act(async () => `${await saveLog(storeId, note)} events are in your downloads.`)}>
            Save my log as a file
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={act(async () => {
              const why = 'The server’s history contradicted what was seen.'
              const count = await setAsideAndRefetch(storeId, why, 'all')
              await acceptHistory(storeId)
              await pool.open(storeId)
              return `${name} is fetched again; ${count} events are set aside, to be offered.`
            })}
          >
            Set mine aside, fetch again
          </Button>
          <Button
            size="xs"
            variant="subtle"
            color="red"
            onClick={act(async () => {
              await acceptHistory(storeId)
              return `From now on the server’s history of ${name} counts.`
            })}
          >
            Accept the server’s history
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
