import { Button } from '@mantine/core'
import { ArrowLeft } from 'lucide-react'
import { useEffect } from 'react'
import type { KnownPicture } from '#schema/workspace/picture-queries.ts'
import { PersonaStoreProvider, usePersonaId, usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { watchSummary } from '#web/services/summaries.ts'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { useKeys } from '#web/ui/use-keys.ts'
import { AttachmentViewer } from './attachment-viewer.tsx'
import classes from './pictures-room.module.css'

type Picture = Pick<KnownPicture, 'personaId' | 'attachmentId'>

interface OpenPictureProps {
  readonly open: Picture
  /** What the arrows lead through, from one persona to the next. */
  readonly pictures: readonly Picture[]
  readonly onOpen: (picture: Picture | undefined) => void
}

/** Opens the store of the picture's persona, or says in the place of the room why it cannot. */
export const OpenPicture = ({ open, pictures, onOpen }: OpenPictureProps) => {
  const close = () => onOpen(undefined)
  useKeys({ Escape: close })
  return (
    <div className={classes.open}>
      <Button variant="subtle" color="gray" size="sm" m="sm" leftSection={<ArrowLeft size={16} />} onClick={close}>
        All pictures
      </Button>
      <PersonaStoreProvider personaId={open.personaId} fallback={<LateSkeleton />}>
        <SummaryKept />
        <AttachmentViewer
          attachmentId={open.attachmentId}
          order={pictures.map(({ attachmentId }) => attachmentId)}
          onOpen={(attachmentId) => onOpen(pictures.find((picture) => picture.attachmentId === attachmentId))}
          onClose={close}
        />
      </PersonaStoreProvider>
    </div>
  )
}

/** What is deleted here leaves the room too. */
const SummaryKept = () => {
  const [workspace, store, personaId] = [useWorkspaceStore(), usePersonaStore(), usePersonaId()]
  useEffect(() => watchSummary(workspace, store, personaId), [workspace, store, personaId])
  return null
}
