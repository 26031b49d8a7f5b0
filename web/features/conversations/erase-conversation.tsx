import { Text } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import type { Conversation } from '#schema/conversations/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { FinalDialog } from '#web/ui/final-dialog.tsx'
import { eraseForGood } from './conversation-acts.ts'

interface EraseConversationProps {
  readonly conversation: Conversation
  readonly onClose: () => void
}

export const EraseConversation = ({ conversation, onClose }: EraseConversationProps) => {
  const store = usePersonaStore()
  const navigate = useNavigate()
  const { personaId, title } = conversation
  const erase = async () => {
    if (eraseForGood(store, conversation)) await navigate({ to: '/p/$personaId/chats', params: { personaId } })
  }
  return (
    <FinalDialog title={`Erase “${title}” for good?`} action="Erase for good" onDo={erase} onClose={onClose}>
      <Text size="sm">
        Every message and file in it goes from every device, and the key that opens them is destroyed on the server.
        Nobody can bring them back, not even you. A signed certificate says what was erased.
      </Text>
      <Text size="sm" c="dimmed">
        Memories that were made of it stay; erase those too if they should go.
      </Text>
    </FinalDialog>
  )
}
