import { ActionIcon, Button, SegmentedControl, TextInput, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Plus, Search } from 'lucide-react'
import { type ComponentProps, type KeyboardEvent, type ReactNode, Suspense, useRef, useState } from 'react'
import { type ConversationFilter, conversationCounts$, conversationList$ } from '#schema/conversations/queries.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { useOthersByThing } from '#web/services/presence.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { lazyAsked } from '#web/ui/lazy-part.ts'
import { useKeys } from '#web/ui/use-keys.ts'
import { remove, restore } from './conversation-acts.ts'
import { ConversationRow } from './conversation-row.tsx'
import classes from './conversations.module.css'

const MoveConversation = lazyAsked(() => import('./move-conversation.tsx').then((m) => m.MoveConversation))

type Show = ConversationFilter['show']

interface ConversationListProps {
  readonly openId: string | undefined
  readonly show: Show
  readonly text: string
  readonly onFilter: (change: { readonly show?: Show; readonly q?: string }) => void
  /** Stands above the list. */
  readonly notice: ReactNode
}

const step = 200

/** Conversations, favourites first, then the latest. Arrow keys move, Enter opens, x deletes, / filters. */
export const ConversationList = ({ openId, show, text, onFilter, notice }: ConversationListProps) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const mayWrite = useMayWrite()
  const [limit, setLimit] = useState(step)
  const [moving, setMoving] = useState<ComponentProps<typeof MoveConversation>['conversation']>()
  const found = store.useQuery(conversationList$({ show, text }, limit + 1))
  const others = useOthersByThing()
  const counts = store.useQuery(conversationCounts$)
  const filter = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const shown = found.slice(0, limit)
  useKeys({
    '/': (event) => {
      event.preventDefault()
      filter.current?.focus()
    },
  })

  const links = () => [...(list.current?.querySelectorAll('a') ?? [])]
  const onListKey = (event: KeyboardEvent) => {
    // The open menu of a row stands elsewhere in the page.
    if (list.current?.matches(':focus-within') !== true) return
    const all = links()
    const place = all.findIndex((link) => link.parentElement?.matches(':focus-within'))
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: all.length - 1 }[event.key]
    if (to !== undefined) {
      event.preventDefault()
      if (to < 0) filter.current?.focus()
      else all[to]?.focus()
    }
    const conversation = shown[place]
    if (event.key === 'x' && mayWrite && conversation !== undefined) {
      const named = { ...conversation, personaId }
      ;(all[place + 1] ?? all[place - 1])?.focus()
      if (show === 'deleted') restore(store, named)
      else remove(store, named)
    }
  }

  return (
    <div className={classes.list}>
      {notice}
      <div className={classes.listHead}>
        <TextInput
          ref={filter}
          className={classes.space ?? ''}
          size="sm"
          aria-label="Filter by title"
          placeholder="Filter chats"
          leftSection={<Search size={14} />}
          value={text}
          onChange={({ currentTarget }) => onFilter({ q: currentTarget.value })}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') {
              event.preventDefault()
              links()[0]?.focus()
            }
            if (event.key === 'Escape') {
              if (text !== '') onFilter({ q: '' })
              else event.currentTarget.blur()
            }
          }}
        />
        {mayWrite && (
          <Tooltip label="New chat (C)" openDelay={300}>
            <ActionIcon
              component={Link}
              to={`/p/${personaId}/chats/new`}
              variant="default"
              size={36}
              aria-label="New chat"
            >
              <Plus size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <SegmentedControl
        className={classes.tabs ?? ''}
        size="xs"
        fullWidth
        aria-label="Which chats"
        value={show}
        onChange={(value) => onFilter({ show: value })}
        data={[
          { value: 'open', label: `Open ${counts.open}` },
          { value: 'archived', label: `Archived ${counts.archived}` },
          { value: 'deleted', label: `Deleted ${counts.deleted}` },
        ]}
      />
      {shown.length === 0 ? (
        <Empty show={show} text={text} personaId={personaId} onClear={() => onFilter({ q: '' })} />
      ) : (
        <ul ref={list} className={classes.rows} onKeyDown={onListKey} aria-label="Chats">
          {shown.map((conversation) => (
            <ConversationRow
              key={conversation.conversationId}
              personaId={personaId}
              isOpen={conversation.conversationId === openId}
              others={others.get(conversation.conversationId)}
              onMove={mayWrite ? setMoving : undefined}
              {...conversation}
            />
          ))}
          {found.length > limit && (
            <li>
              <Button variant="subtle" size="xs" fullWidth onClick={() => setLimit(limit + step)}>
                Show more
              </Button>
            </li>
          )}
        </ul>
      )}
      <Suspense fallback={null}>
        {moving !== undefined && <MoveConversation conversation={moving} onClose={() => setMoving(undefined)} />}
      </Suspense>
    </div>
  )
}

interface EmptyProps {
  readonly show: Show
  readonly text: string
  readonly personaId: string
  readonly onClear: () => void
}

const Empty = ({ show, text, personaId, onClear }: EmptyProps) => {
  const mayWrite = useMayWrite()
  if (text !== '')
    return (
      <EmptyState
        title="No chat is called that"
        text={`No title holds “${text}”.`}
        action={
          <Button variant="default" size="xs" onClick={onClear}>
            Show all
          </Button>
        }
      />
    )
  if (show === 'archived')
    return <EmptyState title="Nothing archived" text="What you archive leaves the list and stays searchable." />
  if (show === 'deleted')
    return <EmptyState title="The trash is empty" text="What you delete waits here, and can be restored." />
  return (
    <EmptyState
      title="No chats yet"
      text={
        mayWrite ? 'What you say here is kept, and can be quoted later.' : 'What is said here will be here to read.'
      }
      action={
        mayWrite && (
          <Button component={Link} to={`/p/${personaId}/chats/new`} size="xs">
            New chat
          </Button>
        )
      }
    />
  )
}
