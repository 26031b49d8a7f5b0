import { Menu } from '@mantine/core'
import { Archive, ArchiveRestore, Forward, Trash2 } from 'lucide-react'
import type { Conversation } from '#schema/conversations/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { archive, remove, restore, unarchive } from './conversation-acts.ts'

export type Listed = Pick<Conversation, 'conversationId' | 'personaId' | 'title' | 'archivedAt' | 'deletedAt'>

interface ItemProps {
  readonly conversation: Listed
}

export const MoveItem = ({ onMove }: { readonly onMove: () => void }) => (
  <Menu.Item leftSection={<Forward size={14} />} onClick={onMove}>
    Move to another persona…
  </Menu.Item>
)

/** Out of the open chats, or back among them. */
export const ArchiveItem = ({ conversation }: ItemProps) => {
  const store = usePersonaStore()
  return conversation.archivedAt === null ? (
    <Menu.Item leftSection={<Archive size={14} />} onClick={() => archive(store, conversation)}>
      Archive
    </Menu.Item>
  ) : (
    <Menu.Item leftSection={<ArchiveRestore size={14} />} onClick={() => unarchive(store, conversation)}>
      Move back to open chats
    </Menu.Item>
  )
}

/** Into the bin, or out of it. */
export const DeleteItem = ({ conversation }: ItemProps) => {
  const store = usePersonaStore()
  return conversation.deletedAt === null ? (
    <Menu.Item color="red" leftSection={<Trash2 size={14} />} onClick={() => remove(store, conversation)}>
      Delete
    </Menu.Item>
  ) : (
    <Menu.Item leftSection={<ArchiveRestore size={14} />} onClick={() => restore(store, conversation)}>
      Restore
    </Menu.Item>
  )
}
