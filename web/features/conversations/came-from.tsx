import { Menu } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CornerUpLeft } from 'lucide-react'
import type { Conversation } from '#schema/conversations/state.ts'
import { cameFrom } from '#schema/conversations/transfers.ts'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'

/** The way to where a conversation was before it was moved here. */
export const CameFrom = ({ origin }: Pick<Conversation, 'origin'>) => {
  const from = cameFrom(origin)
  const entry = useWorkspaceStore().useQuery(directoryEntry$(from?.personaId ?? ''))
  if (from === null || entry === null) return null
  return (
    <Menu.Item
      leftSection={<CornerUpLeft size={14} />}
      renderRoot={(props) => (
        <Link
          {...props}
          to="/p/$personaId/chats/$conversationId"
          params={{ personaId: from.personaId, conversationId: from.conversationId }}
        />
      )}
    >
      It came from {entry.name}
    </Menu.Item>
  )
}
