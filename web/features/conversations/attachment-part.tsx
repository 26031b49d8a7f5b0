import { Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { File } from 'lucide-react'
import { kindOf, shownName } from '#schema/attachments/kinds.ts'
import { attachmentById$ } from '#schema/attachments/queries.ts'
import type { Attachment } from '#schema/attachments/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { restoreFiles } from '#web/services/attachments/attachment-acts.ts'
import { FileStatusLine } from '#web/services/attachments/file-status.tsx'
import { useBytes, useThumbnail } from '#web/services/attachments/use-attachment.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { KindIcon } from '#web/ui/media/kind-icon.tsx'
import { MediaView } from '#web/ui/media/media-view.tsx'
import classes from './message.module.css'

interface AttachmentPartProps {
  readonly attachmentId: string
  readonly name: string | undefined
}

/** A file in a message: a picture, something to play, or its name; it opens over the conversation. */
export const AttachmentPart = ({ attachmentId, name = '' }: AttachmentPartProps) => {
  const store = usePersonaStore()
  const attachment = store.useQuery(attachmentById$(attachmentId))
  const mayWrite = useMayWrite()
  if (attachment === null) return <Gone name={name} why="not on this device" />
  if (attachment.discardedAt !== null) return <Gone name={attachment.name} why="removed for good" />
  if (attachment.deletedAt !== null)
    return (
      <span className={classes.file}>
        <Gone name={attachment.name} why="deleted" />
        {mayWrite && (
          <Button size="compact-xs" variant="default" onClick={() => restoreFiles(store, [attachment])}>
            Restore
          </Button>
        )}
      </span>
    )
  const kind = kindOf(attachment.mediaType)
  if (kind === 'image') return <PicturePart attachment={attachment} />
  const isPlayed = (kind === 'audio' || kind === 'video') && attachment.bytes < playedBytes
  return (
    <>
      {isPlayed && attachment.keyId !== null && <PlayedPart attachment={attachment} />}
      <Card attachment={attachment} />
    </>
  )
}

/** What is heavier is fetched only when asked for. */
const playedBytes = 10_000_000

const PicturePart = ({ attachment }: { readonly attachment: Attachment }) => {
  const picture = useThumbnail(attachment)
  if (picture === null) return <Card attachment={attachment} />
  const { width, height, attachmentId } = attachment
  const ratio = width !== null && height !== null ? { aspectRatio: `${width} / ${height}` } : undefined
  return (
    <figure className={classes.picture}>
      <Link
        to="."
        search={(before) => ({ ...before, file: attachmentId })}
        className={classes.pictureLink}
        style={ratio}
        aria-label={`Open ${shownName(attachment.name)}`}
      >
        {picture !== undefined && <img src={picture.address} alt={shownName(attachment.name)} />}
      </Link>
      <FileStatusLine attachment={attachment} />
    </figure>
  )
}

const PlayedPart = ({ attachment }: { readonly attachment: Attachment }) => {
  const { found } = useBytes(attachment)
  if (found === undefined || found instanceof Error) return null
  return (
    <MediaView
      kind={kindOf(attachment.mediaType)}
      name={shownName(attachment.name)}
      onDownload={() => undefined}
      {...found}
    />
  )
}

const Card = ({ attachment }: { readonly attachment: Attachment }) => (
  <div>
    <Link
      to="."
      search={(before) => ({ ...before, file: attachment.attachmentId })}
      className={classes.file}
      aria-label={`Open ${shownName(attachment.name)}`}
    >
      <KindIcon kind={kindOf(attachment.mediaType)} size={20} />
      <span>
        {shownName(attachment.name)}
        <Text size="xs" c="dimmed">
          {byteSize(attachment.bytes)}
        </Text>
      </span>
    </Link>
    <FileStatusLine attachment={attachment} />
  </div>
)

const Gone = ({ name, why }: { readonly name: string; readonly why: string }) => (
  <span className={classes.file}>
    <File size={16} aria-hidden />
    {shownName(name)}
    <Text span size="xs" c="dimmed">
      {why}
    </Text>
  </span>
)
