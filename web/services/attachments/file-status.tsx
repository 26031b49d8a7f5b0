import { Button, Group, Progress, Text } from '@mantine/core'
import type { Attachment } from '#schema/attachments/state.ts'
import { session } from '#web/livestore/session.ts'
import { personaStoreId } from '#web/livestore/stores.ts'
import { type FileTransfer, sentenceOf, useTransfer } from './transfers.ts'
import { stopUpload, tryUploadAgain } from './uploads.ts'

interface FileStatusLineProps {
  readonly attachment: Attachment
  /** Words alone: it stands in something that is pressed. */
  readonly isPlain?: boolean
}

/** Where its bytes are, if that is worth a word: with the server they just are. */
export const FileStatusLine = ({ attachment, isPlain = false }: FileStatusLineProps) => {
  const transfer = useTransfer(attachment.attachmentId)
  const says = sayingOf(attachment, transfer)
  const storeId = personaStoreId(attachment.personaId)
  const isGoing = transfer !== undefined && transfer.failed === undefined
  if (says === undefined) return null
  return (
    <Text size="xs" c={transfer?.failed === undefined ? 'dimmed' : 'red'} component="div">
      <Group gap="xs">
        <span role="status">{says}</span>
        {transfer?.direction === 'up' && isGoing && !isPlain && (
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => void stopUpload(storeId, attachment)}>
            Stop
          </Button>
        )}
        {transfer?.failed !== undefined && !isPlain && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => void tryUploadAgain(storeId, attachment)}
            title={sentenceOf(transfer.failed)}
          >
            Try again
          </Button>
        )}
      </Group>
      {isGoing && <Progress value={transfer.part * 100} size="xs" aria-hidden />}
    </Text>
  )
}

const sayingOf = ({ uploadedAt, deviceId }: Attachment, transfer: FileTransfer | undefined): string | undefined => {
  if (transfer?.failed !== undefined) return sentenceOf(transfer.failed)
  if (transfer !== undefined)
    return `${transfer.direction === 'up' ? 'Uploading' : 'Downloading'} ${Math.round(transfer.part * 100)} %`
  if (uploadedAt !== null) return undefined
  return deviceId === session.deviceId ? 'waiting to be uploaded' : 'still on the device it was added on'
}
