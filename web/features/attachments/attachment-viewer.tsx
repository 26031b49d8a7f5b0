import { ActionIcon, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ChevronLeft, ChevronRight, Download, MessageSquare, Share2, Trash2, X } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect, useState } from 'react'
import { kindOf, shownName } from '#schema/attachments/kinds.ts'
import { attachmentById$ } from '#schema/attachments/queries.ts'
import type { Attachment } from '#schema/attachments/state.ts'
import { messageWith$ } from '#schema/stores/attachment-list.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useIsOwner, useMayWrite } from '#web/livestore/use-right.ts'
import { deleteFiles } from '#web/services/attachments/attachment-acts.ts'
import { FileStatusLine } from '#web/services/attachments/file-status.tsx'
import { useTransfer } from '#web/services/attachments/transfers.ts'
import { useBytes } from '#web/services/attachments/use-attachment.ts'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { MediaView } from '#web/ui/media/media-view.tsx'
import { saveBlob } from '#web/ui/save-blob.ts'
import classes from './attachment-viewer.module.css'
import { factsLine } from './facts-line.ts'

const FileLinkPanel = lazy(() => import('./file-link-panel.tsx').then((m) => ({ default: m.FileLinkPanel })))

interface AttachmentViewerProps {
  readonly attachmentId: string
  /** What the arrows lead through. */
  readonly order: readonly string[]
  readonly onOpen: (attachmentId: string) => void
  readonly onClose: () => void
}

/** One file, over what it was opened from: the arrows lead to the next one, Esc back. */
export const AttachmentViewer = ({ attachmentId, order, onOpen, onClose }: AttachmentViewerProps) => {
  const attachment = usePersonaStore().useQuery(attachmentById$(attachmentId))
  const place = order.indexOf(attachmentId)
  const [before, after] = [order[place - 1], place === -1 ? undefined : order[place + 1]]
  useArrows((to) => {
    const next = to === 'before' ? before : after
    if (next !== undefined) onOpen(next)
  })
  const name = attachment === null ? 'This file is not here' : shownName(attachment.name)
  return (
    <Modal.Root opened onClose={onClose} fullScreen>
      <Modal.Overlay />
      <Modal.Content aria-label={name} className={classes.viewer ?? ''}>
        <Group className={classes.header} gap="xs" wrap="nowrap">
          <div className={classes.title}>
            <Text component="h2" size="sm" fw={600} truncate>
              {name}
            </Text>
            <Text size="xs" c="dimmed" truncate>
              {attachment !== null && factsLine(attachment)}
            </Text>
          </div>
          <Step label="Previous file" to={before} onOpen={onOpen}>
            <ChevronLeft size={18} />
          </Step>
          <Step label="Next file" to={after} onOpen={onOpen}>
            <ChevronRight size={18} />
          </Step>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label="Close" data-autofocus onClick={onClose}>
            <X size={18} />
          </ActionIcon>
        </Group>
        <div className={classes.body}>
          {attachment === null || attachment.discardedAt !== null ? (
            <Text c="dimmed">It was removed for good, or is still arriving from another device.</Text>
          ) : (
            <Content key={attachmentId} attachment={attachment} onClose={onClose} />
          )}
        </div>
      </Modal.Content>
    </Modal.Root>
  )
}

/** Wherever the focus is, but for what has a use for arrows of its own. */
const useArrows = (onStep: (to: 'before' | 'after') => void) =>
  useEffect(() => {
    const onKeyDown = ({ key, target }: KeyboardEvent) => {
      if (target instanceof Element && target.closest('audio, video, pre, input') !== null) return
      if (key === 'ArrowLeft') onStep('before')
      if (key === 'ArrowRight') onStep('after')
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  })

interface StepProps {
  readonly label: string
  readonly to: string | undefined
  readonly onOpen: (attachmentId: string) => void
  readonly children: ReactNode
}

const Step = ({ label, to, onOpen, children }: StepProps) => (
  <ActionIcon
    variant="subtle"
    color="gray"
    size="lg"
    aria-label={label}
    disabled={to === undefined}
    onClick={() => to !== undefined && onOpen(to)}
  >
    {children}
  </ActionIcon>
)

const Content = ({ attachment, onClose }: { readonly attachment: Attachment; readonly onClose: () => void }) => {
  const { found, again } = useBytes(attachment)
  const [isSharing, setSharing] = useState(false)
  const name = shownName(attachment.name)
  const ready = found === undefined || found instanceof Error ? undefined : found
  const download = () => ready !== undefined && saveBlob(ready.blob, name)
  return (
    <>
      <div className={classes.stage}>
        {found === undefined ? (
          <Coming attachment={attachment} />
        ) : found instanceof Error ? (
          <Stack align="center" gap="sm">
            <Text role="alert">{found.message}</Text>
            <Button variant="default" onClick={again}>
              Try again
            </Button>
          </Stack>
        ) : (
          <MediaView
            kind={kindOf(attachment.mediaType)}
            name={name}
            encoding={attachment.encoding ?? undefined}
            onDownload={download}
            {...found}
          />
        )}
      </div>
      <Suspense fallback={null}>{isSharing && <FileLinkPanel attachment={attachment} />}</Suspense>
      <Acts
        attachment={attachment}
        onDownload={ready === undefined ? undefined : download}
        sharing={{ isOpen: isSharing, toggle: () => setSharing(!isSharing) }}
        onClose={onClose}
      />
    </>
  )
}

const Coming = ({ attachment }: { readonly attachment: Attachment }) => {
  const transfer = useTransfer(attachment.attachmentId)
  if (transfer === undefined) return <LateSkeleton />
  return <Text role="status">Downloading {Math.round(transfer.part * 100)} %</Text>
}

interface ActsProps {
  readonly attachment: Attachment
  readonly onDownload: (() => void) | undefined
  readonly sharing: { readonly isOpen: boolean; readonly toggle: () => void }
  readonly onClose: () => void
}

const Acts = ({ attachment, onDownload, sharing, onClose }: ActsProps) => {
  const store = usePersonaStore()
  const mayWrite = useMayWrite()
  const { personaId, conversationId, attachmentId } = attachment
  const isOwner = useIsOwner()
  const messageId = store.useQuery(messageWith$(conversationId ?? '', attachmentId))
  return (
    <Group className={classes.acts ?? ''} justify="center" gap="sm">
      <FileStatusLine attachment={attachment} />
      <Button
        variant="default"
        leftSection={<Download size={16} />}
        disabled={onDownload === undefined}
        onClick={onDownload}
      >
        Download
      </Button>
      {isOwner && attachment.deletedAt === null && (
        <Button
          variant="default"
          leftSection={<Share2 size={16} />}
          aria-expanded={sharing.isOpen}
          onClick={sharing.toggle}
        >
          Share
        </Button>
      )}
      {messageId !== null && conversationId !== null && (
        <Button
          variant="default"
          leftSection={<MessageSquare size={16} />}
          renderRoot={(props) => (
            <Link
              to="/p/$personaId/chats/$conversationId"
              params={{ personaId, conversationId }}
              search={{ message: messageId }}
              {...props}
            />
          )}
        >
          Where it was said
        </Button>
      )}
      {mayWrite && attachment.deletedAt === null && (
        <Button
          variant="subtle"
          color="red"
          leftSection={<Trash2 size={16} />}
          onClick={() => {
            deleteFiles(store, [attachment])
            onClose()
          }}
        >
          Delete
        </Button>
      )}
    </Group>
  )
}
