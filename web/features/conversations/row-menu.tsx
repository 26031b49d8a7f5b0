import { Menu } from '@mantine/core'
import { Archive, ArchiveRestore, Ellipsis, Forward, Trash2 } from 'lucide-react'
import type { Conversation } from '#schema/conversations/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { ActMenu } from '#web/ui/act-menu.tsx'
import { archive, remove, restore, unarchive } from './conversation-acts.ts'

type Listed = Pick<Conversation, 'conversationId' | 'personaId' | 'title' | 'archivedAt' | 'deletedAt'>

interface RowMenuProps {
  readonly conversation: Listed
  readonly onMove: (conversation: Listed) => void
}

export const RowMenu = ({ conversation, onMove }: RowMenuProps) => (
  <ActMenu
    label="More about this chat"
    icon={<Ellipsis size={14} />}
    position="bottom-end"
    items={() => <RowItems conversation={conversation} onMove={onMove} />}
  />
)

const RowItems = ({ conversation, onMove }: RowMenuProps) => {
  const store = usePersonaStore()
  if (conversation.deletedAt !== null)
    return (
      <Menu.Item leftSection={<ArchiveRestore size={14} />} onClick={() => restore(store, conversation)}>
        Restore
      </Menu.Item>
    )
  return (
    <>
      <Menu.Item leftSection={<Forward size={14} />} onClick={() => onMove(conversation)}>
        Move to another persona…
      </Menu.Item>
      {conversation.archivedAt === null ? (
        <Menu.Item leftSection={<Archive size={14} />} onClick={() => archive(store, conversation)}>
          Archive
        </Menu.Item>
      ) : (
        <Menu.Item leftSection={<ArchiveRestore size={14} />} onClick={() => unarchive(store, conversation)}>
          Move back to open chats
        </Menu.Item>
      )}
      <Menu.Divider />
      <Menu.Item color="red" leftSection={<Trash2 size={14} />} onClick={() => remove(store, conversation)}>
        Delete
      </Menu.Item>
    </>
  )
}
