import { Alert, Button, Group, List, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { parseStoreId } from '#schema/stores/store-id.ts'
import type { HistoryNote } from '#web/livestore/device-db.ts'
import { useHistoryAlerts } from '#web/livestore/history-alerts.ts'
import { fetchAgainOfferMine } from '#web/services/history/fetch-again.ts'
import { saveLog } from '#web/services/history/save-log.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { showDone, showRefusal } from '#web/ui/undo.tsx'

/** Where the server's history of a store contradicts what was seen of it: what, what it means, what to do. */
export const HistoryAlerts = ({ nameOf }: { readonly nameOf: (storeId: string) => string }) =>
  useHistoryAlerts().map((note) => <HistoryAlert key={note.storeId} note={note} name={nameOf(note.storeId)} />)

const HistoryAlert = ({ note, name }: { readonly note: HistoryNote; readonly name: string }) => {
  const { storeId, verified, alert } = note
  if (alert === null) return null
  if (alert.about === 'this device') return <DeviceAlert storeId={storeId} name={name} alert={alert} />
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
          was. Save it first; then fetch the server’s history, and offer it what it lacks.
        </Text>
        <Group gap="sm">
          <Button size="xs" onClick={act(async () => `${await saveLog(storeId, note)} events are in your downloads.`)}>
            Save my log as a file
          </Button>
          <Button
            size="xs"
            variant="default"
            onClick={act(
              async () => `${name} is fetched again, and ${await fetchAgainOfferMine(storeId)} events were offered.`,
            )}
          >
            Fetch again, offer mine
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}

/** What is wrong is here, and the room that found it mends it. */
const DeviceAlert = ({ storeId, name, alert }: DeviceAlertProps) => {
  const parsed = parseStoreId(storeId)
  const personaId = parsed instanceof Error ? '' : parsed.id
  return (
    <Alert color="red" variant="light" title={`What this device keeps of ${name} failed verification`}>
      <Stack gap="sm" align="start">
        <List size="sm">
          {alert.sentences.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
        <Text size="sm">
          Found <RelativeTime at={alert.at} />. The log is the truth, and it stands.
        </Text>
        <Button size="xs" renderRoot={(props) => <Link {...props} to="/p/$personaId/verify" params={{ personaId }} />}>
          See it and mend it
        </Button>
      </Stack>
    </Alert>
  )
}

interface DeviceAlertProps {
  readonly storeId: string
  readonly name: string
  readonly alert: NonNullable<HistoryNote['alert']>
}
