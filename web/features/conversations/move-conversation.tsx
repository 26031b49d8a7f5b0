import { List, Text } from '@mantine/core'
import type { Conversation } from '#schema/conversations/state.ts'
import { moveConversation } from '#web/services/transfers/conversations.ts'
import { TransferDialog } from '#web/services/transfers/transfer-dialog.tsx'

interface MoveConversationProps {
  readonly conversation: Pick<Conversation, 'personaId' | 'conversationId' | 'title'>
  readonly onClose: () => void
}

/** To whom the conversation goes, what goes along and what stays. */
export const MoveConversation = ({ conversation, onClose }: MoveConversationProps) => (
  <TransferDialog
    title={`Move “${conversation.title}” to another persona`}
    verb="Move"
    onTransfer={(toPersonaId, watch) => moveConversation(conversation, toPersonaId, watch)}
    doneFor={(name) => `“${conversation.title}” is moved to ${name}.`}
    onClose={onClose}
  >
    <List size="sm" c="dimmed" spacing={4}>
      <List.Item>
        Along go its messages with all their branches, their dates and how answers came about, its files, title, tags
        and settings.
      </List.Item>
      <List.Item>
        Memories made of it stay with this persona and still lead to it. Earlier versions of messages and deleted files
        stay too.
      </List.Item>
      <List.Item>Here it is in the trash, says where it went, and can be taken back.</List.Item>
    </List>
    <Text size="sm" c="dimmed">
      Whoever may read the other persona can read it there.
    </Text>
  </TransferDialog>
)
