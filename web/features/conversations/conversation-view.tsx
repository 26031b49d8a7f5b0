import { Button } from '@mantine/core'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { conversationById$, endOfOpenBranch$ } from '#schema/conversations/queries.ts'
import { persona$ } from '#schema/personas/queries.ts'
import { useIsPast, usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { lazyAsked } from '#web/ui/lazy-part.ts'
import { Composer } from './composer.tsx'
import { ConflictNotice } from './conflict-notice.tsx'
import { ConversationHeader } from './conversation-header.tsx'
import classes from './conversations.module.css'
import { InTrash } from './in-trash.tsx'
import { say } from './message-acts.ts'
import { MessageList } from './message-list.tsx'
import { OtherBranch } from './other-branch.tsx'

const HowItCame = lazyAsked(() => import('./how-it-came.tsx').then((m) => m.HowItCame))

const Compare = lazyAsked(() => import('./compare.tsx').then((m) => m.Compare))

interface ConversationViewProps {
  readonly conversationId: string
  readonly targetId: string | undefined
}

/** One conversation: its messages, and the field to say something in. */
export const ConversationView = ({ conversationId, targetId }: ConversationViewProps) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const conversation = store.useQuery(conversationById$(conversationId))
  const name = store.useQuery(persona$)?.name ?? 'the persona'
  const endId = store.useQuery(endOfOpenBranch$(conversationId))
  const mayWrite = useMayWrite()
  const isPast = useIsPast()
  const [sent, setSent] = useState(0)
  const { saw, compare }: Readonly<Record<string, string | undefined>> = useSearch({ strict: false })
  const navigate = useNavigate()
  if (conversation === null) return <NotHere personaId={personaId} />
  const view = (
    <div className={classes.view}>
      <ConversationHeader conversation={conversation} />
      <ConflictNotice conversationId={conversationId} />
      {targetId !== undefined && <OtherBranch key={targetId} conversationId={conversationId} targetId={targetId} />}
      {compare === undefined ? (
        // Saying something ends the look into the past: the list begins anew at its end.
        <MessageList key={sent} conversationId={conversationId} targetId={sent === 0 ? targetId : undefined} />
      ) : (
        <Suspense fallback={<div className={classes.space} />}>
          <Compare
            conversationId={conversationId}
            questionId={compare}
            onClose={() => void navigate({ to: '.', search: ({ compare: _, ...rest }) => rest })}
          />
        </Suspense>
      )}
      {!mayWrite ? (
        <div className={classes.closed}>
          {isPast
            ? 'This is the past. Go back to now to say something.'
            : 'You can read this persona. Its owner can let you write.'}
        </div>
      ) : conversation.deletedAt !== null ? (
        <InTrash conversation={conversation} />
      ) : (
        <Composer
          place={`${personaId}.${conversationId}`}
          label={`Message ${name}`}
          autoFocus={!matchMedia('(hover: none)').matches && targetId === undefined}
          questionId={endId ?? undefined}
          onSend={(parts, files) => {
            const refusal = say(store, conversation, endId, parts, files)
            if (refusal === undefined && targetId !== undefined && sent === 0) setSent(1)
            return refusal
          }}
        />
      )}
    </div>
  )
  if (saw === undefined) return view
  return (
    <div className={classes.beside}>
      {view}
      <Suspense fallback={null}>
        <HowItCame
          key={saw}
          messageId={saw}
          conversation={conversation}
          onClose={() => void navigate({ to: '.', search: ({ saw: _, ...rest }) => rest })}
        />
      </Suspense>
    </div>
  )
}

const NotHere = ({ personaId }: { readonly personaId: string }) => (
  <EmptyState
    title="This conversation is not here"
    text={
      useIsPast()
        ? 'It was not there yet at this time, or it was erased for good since: what is erased is erased in the past too.'
        : 'It may still be arriving from another device, or the link is cut short. What you have is safe.'
    }
    action={
      <Button component={Link} to={`/p/${personaId}/chats`} variant="default">
        Back to the chats
      </Button>
    }
  />
)
