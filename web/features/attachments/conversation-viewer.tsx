import { attachmentsOf$ } from '#schema/attachments/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { AttachmentViewer } from './attachment-viewer.tsx'

interface ConversationViewerProps {
  readonly conversationId: string
  readonly attachmentId: string
  readonly onOpen: (attachmentId: string | undefined) => void
}

/** A file of a conversation, over it; the arrows lead through all that was sent there. */
export const ConversationViewer = ({ conversationId, attachmentId, onOpen }: ConversationViewerProps) => {
  const files = usePersonaStore().useQuery(attachmentsOf$(conversationId))
  return (
    <AttachmentViewer
      attachmentId={attachmentId}
      order={files.map((file) => file.attachmentId)}
      onOpen={onOpen}
      onClose={() => onOpen(undefined)}
    />
  )
}
