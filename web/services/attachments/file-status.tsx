import { Button, Group, Progress, Text } from '@mantine/core'
import type { Attachment } from '#schema/attachments/state.ts'
import { session } from '#web/livestore/session.ts'
import { personaStoreId } from '#web/livestore/stores.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { type FileTransfer, sentenceOf, useTransfer } from './transfers.ts'
import { stopUpload, tryUploadAgain } from './uploads.ts'

interface FileStatusLineProps {
  readonly attachment: Attachment
  readonly withSize?: boolean
}

/** Where its bytes are, if that is worth a word: with the server they just are. */
export const FileStatusLine = ({ attachment, withSize = false }: FileStatusLineProps) => {
  const transfer = useTransfer(attachment.attachmentId)
  const says = sayingOf(attachment, transfer)
  const storeId = personaStoreId(attachment.personaId)
  const isGoing = transfer !== undefined && transfer.failed === undefined
  if (says === undefined && !withSize) return null
  return (
    <Text size="xs" c={transfer?.failed === undefined ? 'dimmed' : 'red'} component="div">
      <Group gap="xs">
        {withSize && <span>{byteSize(attachment.bytes)}</span>}
        <span role="status">{says}</span>
        {transfer?.direction === 'up' && isGoing && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={acting(() => stopUpload(storeId, attachment))}
          >
            Stop
          </Button>
        )}
        {transfer?.failed !== undefined && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={acting(() => tryUploadAgain(storeId, attachment))}
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

/** It may stand in a link. */
const acting = (act: () => Promise<void>) => (event: React.MouseEvent) => {
  event.preventDefault()
  event.stopPropagation()
  void act()
}

const sayingOf = ({ uploadedAt, deviceId }: Attachment, transfer: FileTransfer | undefined): string | undefined => {
  if (transfer?.failed !== undefined) return sentenceOf(transfer.failed)
  if (transfer !== undefined)
    return `${transfer.direction === 'up' ? 'Uploading' : 'Downloading'} ${Math.round(transfer.part * 100)} %`
  if (uploadedAt !== null) return undefined
  return deviceId === session.deviceId ? 'waiting to be uploaded' : 'still on the device it was added on'
}
