import { ActionIcon, Badge, Menu, TextInput, Tooltip } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { ArrowLeft, Ellipsis, Link2, Pencil, SlidersHorizontal, Star } from 'lucide-react'
import { Suspense, useState } from 'react'
import { renameConversation, tuneConversation } from '#schema/conversations/commands.ts'
import type { Conversation } from '#schema/conversations/state.ts'
import { execute } from '#web/livestore/execute.ts'
import { stampNow } from '#web/livestore/session.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { lazyAsked, lazyExtra } from '#web/ui/lazy-part.ts'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import { CameFrom } from './came-from.tsx'
import { toggleFavourite } from './conversation-acts.ts'
import { ArchiveItem, DeleteItem, MoveItem } from './conversation-items.tsx'
import classes from './conversations.module.css'

const ConversationSettings = lazyAsked(() => import('./conversation-settings.tsx').then((m) => m.ConversationSettings))

const MoveConversation = lazyAsked(() => import('./move-conversation.tsx').then((m) => m.MoveConversation))

const ModelPicker = lazyExtra(() => import('./model-picker.tsx').then((m) => m.ModelPicker))

export const ConversationHeader = ({ conversation }: { readonly conversation: Conversation }) => {
  const store = usePersonaStore()
  const navigate = useNavigate()
  const [renaming, setRenaming] = useState(false)
  const [tuning, setTuning] = useState(false)
  const [moving, setMoving] = useState(false)
  const mayWrite = useMayWrite()
  const { personaId, conversationId, title, favouredAt, tags, settings } = conversation
  const link = `${location.origin}/p/${personaId}/chats/${conversationId}`
  return (
    <header className={classes.header}>
      <ActionIcon
        hiddenFrom="sm"
        variant="subtle"
        color="gray"
        aria-label="Back to the chats"
        onClick={() => void navigate({ to: '/p/$personaId/chats', params: { personaId } })}
      >
        <ArrowLeft size={18} />
      </ActionIcon>
      {renaming && mayWrite ? (
        <TitleField conversation={conversation} onClose={() => setRenaming(false)} />
      ) : (
        <h2 className={classes.title}>
          {mayWrite ? (
            <button type="button" onClick={() => setRenaming(true)} title="Rename">
              {title}
            </button>
          ) : (
            title
          )}
        </h2>
      )}
      {tags.map((tag) => (
        <Badge key={tag} variant="default" size="sm" tt="none" visibleFrom="sm">
          {tag}
        </Badge>
      ))}
      <span className={classes.space} />
      {mayWrite && (
        <Suspense fallback={null}>
          <ModelPicker
            value={settings.model}
            onChoose={(model) =>
              showRefusal(execute(store, tuneConversation(conversation, { ...settings, model }, stampNow())))
            }
          />
        </Suspense>
      )}
      <Tooltip label={favouredAt === null ? 'Add to favourites' : 'Remove from favourites'} openDelay={300}>
        <ActionIcon
          variant="subtle"
          color={favouredAt === null ? 'gray' : 'yellow'}
          aria-label="Favourite"
          aria-pressed={favouredAt !== null}
          disabled={!mayWrite}
          onClick={() => toggleFavourite(store, conversation)}
        >
          <Star size={16} fill={favouredAt === null ? 'none' : 'currentColor'} />
        </ActionIcon>
      </Tooltip>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label="More about this conversation">
            <Ellipsis size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<Link2 size={14} />}
            onClick={() => void navigator.clipboard.writeText(link).then(() => showDone('The link is copied.'))}
          >
            Copy link
          </Menu.Item>
          <CameFrom origin={conversation.origin} />
          {mayWrite && (
            <WritingItems
              conversation={conversation}
              onRename={() => setRenaming(true)}
              onTune={() => setTuning(true)}
              onMove={() => setMoving(true)}
            />
          )}
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {tuning && mayWrite && <ConversationSettings conversation={conversation} onClose={() => setTuning(false)} />}
        {moving && mayWrite && <MoveConversation conversation={conversation} onClose={() => setMoving(false)} />}
      </Suspense>
    </header>
  )
}

interface WritingItemsProps {
  readonly conversation: Conversation
  readonly onRename: () => void
  readonly onTune: () => void
  readonly onMove: () => void
}

const WritingItems = ({ conversation, onRename, onTune, onMove }: WritingItemsProps) => (
  <>
    <Menu.Item leftSection={<Pencil size={14} />} onClick={onRename}>
      Rename
    </Menu.Item>
    <Menu.Item leftSection={<SlidersHorizontal size={14} />} onClick={onTune}>
      Settings and tags
    </Menu.Item>
    <ArchiveItem conversation={conversation} />
    {conversation.deletedAt === null && <MoveItem onMove={onMove} />}
    <Menu.Divider />
    <DeleteItem conversation={conversation} />
  </>
)

/** Enter and leaving the field keep the new title, Esc the old one; what is refused stays in the field. */
const TitleField = ({
  conversation,
  onClose,
}: {
  readonly conversation: Conversation
  readonly onClose: () => void
}) => {
  const store = usePersonaStore()
  const [title, setTitle] = useState(conversation.title)
  const [refusal, setRefusal] = useState<Error | undefined>()
  const save = () => {
    if (title.trim() === conversation.title) return onClose()
    const refused = execute(store, renameConversation(conversation, title, stampNow()))
    setRefusal(refused)
    if (refused === undefined) onClose()
  }
  return (
    <TextInput
      className={classes.titleField ?? ''}
      aria-label="Title"
      size="sm"
      autoFocus
      value={title}
      error={refusal?.message}
      onChange={({ currentTarget }) => setTitle(currentTarget.value)}
      onFocus={({ currentTarget }) => currentTarget.select()}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key === 'Enter') save()
        if (event.key === 'Escape') onClose()
      }}
    />
  )
}
