import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import type { Conversation } from '#schema/conversations/state.ts'
import { conversationTransferOf$ } from '#schema/conversations/transfer-queries.ts'
import { receivedIdOf } from '#schema/shared/transfers.ts'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { useIsOwner } from '#web/livestore/use-right.ts'
import { lazyAsked } from '#web/ui/lazy-part.ts'
import { restore } from './conversation-acts.ts'
import classes from './conversations.module.css'

const EraseConversation = lazyAsked(() => import('./erase-conversation.tsx').then((m) => m.EraseConversation))

/** In the place of the field to say something in: where a deleted conversation went, and what can be done with it. */
export const InTrash = ({ conversation }: { readonly conversation: Conversation }) => {
  const store = usePersonaStore()
  const isOwner = useIsOwner()
  const [isErasing, setErasing] = useState(false)
  return (
    <div className={classes.closed}>
      <WhereItIs conversationId={conversation.conversationId} />
      <Button size="compact-sm" variant="default" onClick={() => restore(store, conversation)}>
        Restore
      </Button>
      {isOwner && (
        <Button size="compact-sm" variant="light" color="red" onClick={() => setErasing(true)}>
          Erase for good…
        </Button>
      )}
      <Suspense fallback={null}>
        {isErasing && <EraseConversation conversation={conversation} onClose={() => setErasing(false)} />}
      </Suspense>
    </div>
  )
}

const WhereItIs = ({ conversationId }: { readonly conversationId: string }) => {
  const transfer = usePersonaStore().useQuery(conversationTransferOf$(conversationId))
  const entry = useWorkspaceStore().useQuery(directoryEntry$(transfer?.toPersonaId ?? ''))
  if (transfer === null) return 'This conversation is in the trash.'
  return (
    <>
      This conversation was moved to {entry?.name ?? 'another persona'}.
      {entry !== null && (
        <Button
          size="compact-sm"
          variant="light"
          renderRoot={(props) => (
            <Link
              {...props}
              to="/p/$personaId/chats/$conversationId"
              params={{
                personaId: transfer.toPersonaId,
                conversationId: receivedIdOf(conversationId, transfer.transferId),
              }}
            />
          )}
        >
          Go there
        </Button>
      )}
    </>
  )
}
