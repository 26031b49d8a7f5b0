import { Button, CloseButton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { usePersonaId } from '#web/livestore/store-views.tsx'
import type { NetworkNode } from './network.ts'
import classes from './network-canvas.module.css'

interface HubCardProps {
  readonly node: NetworkNode
  readonly onTag: (tag: string) => void
  readonly onClose: () => void
}

/** A conversation, a tag or an import that was chosen: its whole name, and the way to it. */
export const HubCard = ({ node, onTag, onClose }: HubCardProps) => {
  const personaId = usePersonaId()
  return (
    <section className={classes.hub} aria-label="Chosen in the graph">
      <span className={classes.hubName} title={node.label}>
        {node.label}
      </span>
      {node.sort === 'conversation' && (
        <Button
          size="compact-sm"
          variant="default"
          component={Link}
          to="/p/$personaId/chats/$conversationId"
          // Mantine's polymorphic button does not know the router's params.
          params={{ personaId, conversationId: node.subjectId } as never}
        >
          Open the chat
        </Button>
      )}
      {node.sort === 'tag' && (
        <Button size="compact-sm" variant="default" onClick={() => onTag(node.subjectId)}>
          Only this tag
        </Button>
      )}
      <CloseButton size="sm" aria-label="Close" onClick={onClose} />
    </section>
  )
}
