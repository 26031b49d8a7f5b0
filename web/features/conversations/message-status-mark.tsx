import { Text } from '@mantine/core'
import type { MessageRow } from '#schema/conversations/queries.ts'
import { personaStoreId } from '#web/livestore/stores.ts'
import { placeOf, useSyncStatus } from '#web/livestore/sync-status.ts'
import { statusOf } from './message-status.ts'

/** Where the last thing said is by now: on screen, on this device, everywhere. */
export const MessageStatusMark = ({ row }: { readonly row: MessageRow }) => {
  const place = placeOf(useSyncStatus(personaStoreId(row.personaId)), row.sentAt)
  const status = statusOf({ ...row, place })
  if (status === 'deleted' || status === 'error') return null
  return (
    <Text span size="xs" c="dimmed" title={meanings[status]} data-status={status}>
      {status}
    </Text>
  )
}

const meanings = {
  sending: 'On its way to this device’s disk',
  sent: 'Saved on this device, not yet on the server',
  delivered: 'Saved on this device and on the server',
}
