import { Menu } from '@mantine/core'
import { Ellipsis } from 'lucide-react'
import { ActMenu } from '#web/ui/act-menu.tsx'
import { ArchiveItem, DeleteItem, type Listed, MoveItem } from './conversation-items.tsx'

interface RowMenuProps {
  readonly conversation: Listed
  readonly onMove: (conversation: Listed) => void
}

export const RowMenu = ({ conversation, onMove }: RowMenuProps) => (
  <ActMenu
    label="More about this chat"
    icon={<Ellipsis size={14} />}
    position="bottom-end"
    items={() => (
      <>
        {conversation.deletedAt === null && (
          <>
            <MoveItem onMove={() => onMove(conversation)} />
            <ArchiveItem conversation={conversation} />
            <Menu.Divider />
          </>
        )}
        <DeleteItem conversation={conversation} />
      </>
    )}
  />
)
