import { useMediaQuery } from '@mantine/hooks'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { ConversationList } from '#web/features/conversations/conversation-list.tsx'
import { ConversationView } from '#web/features/conversations/conversation-view.tsx'
import { NewConversation } from '#web/features/conversations/new-conversation.tsx'
import { useIsPast } from '#web/livestore/store-views.tsx'
import { lazyExtra } from '#web/ui/lazy-part.ts'
import { Split } from '#web/ui/split.tsx'
import { useKeys } from '#web/ui/use-keys.ts'

const ProposalsLink = lazyExtra(() => import('#web/features/proposals/proposals-link.tsx').then((m) => m.ProposalsLink))
const ProposalKeeper = lazyExtra(() =>
  import('#web/features/proposals/proposal-keeper.tsx').then((m) => m.ProposalKeeper),
)
const ConversationViewer = lazy(() =>
  import('#web/features/attachments/conversation-viewer.tsx').then((m) => ({ default: m.ConversationViewer })),
)

/** The conversations of a persona, and the one in the address beside them; on a phone one or the other. */
export default function Chats() {
  const { personaId = '', conversationId } = useParams({ strict: false })
  const { show, q = '', message, file }: Readonly<Record<string, string | undefined>> = useSearch({ strict: false })
  const navigate = useNavigate()
  const isPhone = useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false })
  const isPast = useIsPast()
  useEffect(() => {
    if (isPast) return
    import('#web/services/tasks/start-tasks.ts').then(({ startTasks }) => startTasks(personaId)).catch(console.error)
  }, [personaId, isPast])
  useKeys({
    c: (event) => {
      // Or the letter would be typed into the field that opens.
      event.preventDefault()
      void navigate({ to: '/p/$personaId/chats/$conversationId', params: { personaId, conversationId: 'new' } })
    },
    Escape: ({ target }) => {
      // Esc in a field or a menu is about that field or menu.
      const busy = target instanceof Element && target.closest('input, textarea, [role="menu"], [aria-expanded="true"]')
      if (!busy && conversationId !== undefined) void navigate({ to: '/p/$personaId/chats', params: { personaId } })
    },
  })
  const detail =
    conversationId === undefined || conversationId === 'new' ? (
      <NewConversation key={personaId} autoFocus={conversationId === 'new'} />
    ) : (
      <>
        <ConversationView key={conversationId} conversationId={conversationId} targetId={message} />
        {file !== undefined && (
          <Suspense fallback={null}>
            <ConversationViewer
              conversationId={conversationId}
              attachmentId={file}
              onOpen={(file) =>
                void navigate({ to: '.', replace: true, search: (before) => withoutEmpty({ ...before, file }) })
              }
            />
          </Suspense>
        )}
      </>
    )
  return (
    <>
      <Split
        listWidth={300}
        detailLabel="Conversation"
        list={
          <ConversationList
            notice={
              <Suspense fallback={null}>
                <ProposalsLink />
              </Suspense>
            }
            openId={conversationId}
            show={show === 'archived' || show === 'deleted' ? show : 'open'}
            text={q}
            onFilter={(change) =>
              void navigate({
                to: '.',
                replace: true,
                search: (before) => withoutEmpty({ ...before, ...change }),
              })
            }
          />
        }
        detail={isPhone && conversationId === undefined ? null : detail}
      />
      <Suspense fallback={null}>
        {conversationId !== undefined && conversationId !== 'new' && !isPast && (
          <ProposalKeeper conversationId={conversationId} />
        )}
      </Suspense>
    </>
  )
}

const withoutEmpty = (search: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(search).filter((entry): entry is [string, string] => !!entry[1]))
