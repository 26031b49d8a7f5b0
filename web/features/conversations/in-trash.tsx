import { Button, Group } from '@mantine/core'
import { Trash2 } from 'lucide-react'
import { Suspense, useState } from 'react'
import type { Conversation } from '#schema/conversations/state.ts'
import { conversationTransferOf$ } from '#schema/conversations/transfer-queries.ts'
import { directoryEntry$ } from '#schema/workspace/queries.ts'
import { usePersonaStore, useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { useIsOwner } from '#web/livestore/use-right.ts'
import { lazyAsked } from '#web/ui/lazy-part.ts'
import { restore } from './conversation-acts.ts'
import classes from './conversations.module.css'
import { MovedAway } from './moved-away.tsx'

const EraseConversation = lazyAsked(() => import('./erase-conversation.tsx').then((m) => m.EraseConversation))

/** In the place of the field to say something in: where a deleted conversation went, and what can be done with it. */
export const InTrash = ({ conversation }: { readonly conversation: Conversation }) => {
  const store = usePersonaStore()
  const transfer = store.useQuery(conversationTransferOf$(conversation.conversationId))
  const entry = useWorkspaceStore().useQuery(directoryEntry$(transfer?.toPersonaId ?? ''))
  return (
    <div className={classes.closed}>
      {transfer !== null && entry !== null ? (
        <MovedAway conversation={conversation} transfer={transfer} name={entry.name}>
          <EraseButton conversation={conversation} />
        </MovedAway>
      ) : (
        <>
          <span className={classes.where}>
            <Trash2 size={16} aria-hidden />
            {transfer === null
              ? 'This conversation is in the trash.'
              : 'This conversation was moved to another persona.'}
          </span>
          <Group gap={8} justify="center">
            <Button size="compact-sm" variant="default" onClick={() => restore(store, conversation)}>
              Restore
            </Button>
            <EraseButton conversation={conversation} />
          </Group>
        </>
      )}
    </div>
  )
}

const EraseButton = ({ conversation }: { readonly conversation: Conversation }) => {
  const [isErasing, setErasing] = useState(false)
  if (!useIsOwner()) return null
  return (
    <>
      <Button size="compact-sm" variant="subtle" color="red" onClick={() => setErasing(true)}>
        Erase for good…
      </Button>
      <Suspense fallback={null}>
        {isErasing && <EraseConversation conversation={conversation} onClose={() => setErasing(false)} />}
      </Suspense>
    </>
  )
}
