import { ActionIcon, Progress, Text } from '@mantine/core'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AttachmentDraft } from '#schema/attachments/commands.ts'
import { kindOf, shownName } from '#schema/attachments/kinds.ts'
import { usePersonaId } from '#web/livestore/store-views.tsx'
import { useDraftThumbnail } from '#web/services/attachments/use-attachment.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { KindIcon } from '#web/ui/media/kind-icon.tsx'
import classes from './composer.module.css'
import type { ComingFile } from './use-attaching.ts'

interface DraftFilesProps {
  readonly files: readonly AttachmentDraft[]
  readonly coming: readonly ComingFile[]
  readonly onLeave: (file: ComingFile) => void
  readonly onRemove: (file: AttachmentDraft) => void
}

/** What goes along with the message, and what is still being read. */
export const DraftFiles = ({ files, coming, onLeave, onRemove }: DraftFilesProps) => (
  <ul className={classes.files} aria-label="Files of this message">
    {files.map((file) => (
      <Chip
        key={file.attachmentId}
        name={shownName(file.name)}
        sign={<Sign file={file} />}
        note={byteSize(file.bytes)}
        removeLabel={`Remove ${shownName(file.name)}`}
        onRemove={() => onRemove(file)}
      />
    ))}
    {coming.map((file) => (
      <Chip
        key={file.id}
        name={shownName(file.name)}
        sign={<KindIcon kind={undefined} size={18} />}
        note={<Progress value={file.part * 100} size="sm" aria-label={`Reading ${shownName(file.name)}`} />}
        removeLabel={`Stop reading ${shownName(file.name)}`}
        onRemove={() => onLeave(file)}
      />
    ))}
  </ul>
)

const Sign = ({ file }: { readonly file: AttachmentDraft }) => {
  const picture = useDraftThumbnail(usePersonaId(), file)
  return picture ? <img src={picture.address} alt="" /> : <KindIcon kind={kindOf(file.mediaType)} size={18} />
}

interface ChipProps {
  readonly name: string
  readonly sign: ReactNode
  readonly note: ReactNode
  readonly removeLabel: string
  readonly onRemove: () => void
}

const Chip = ({ name, sign, note, removeLabel, onRemove }: ChipProps) => (
  <li className={classes.file}>
    <span className={classes.fileSign}>{sign}</span>
    <span className={classes.fileText}>
      <Text size="sm" truncate title={name}>
        {name}
      </Text>
      <Text size="xs" c="dimmed" component="div">
        {note}
      </Text>
    </span>
    <ActionIcon variant="subtle" color="gray" size="sm" onClick={onRemove} aria-label={removeLabel}>
      <X size={14} />
    </ActionIcon>
  </li>
)
