import { CopyButton, Menu } from '@mantine/core'
import { Brain, Check, Copy, Ellipsis, GitBranch, History, Link2, Pencil, RefreshCw, Trash2 } from 'lucide-react'
import { Suspense, useState } from 'react'
import { textOfParts } from '#schema/conversations/parts.ts'
import type { MessageRow } from '#schema/conversations/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { Act } from '#web/ui/act.tsx'
import { ActMenu } from '#web/ui/act-menu.tsx'
import { lazyAsked } from '#web/ui/lazy-part.ts'
import { showDone } from '#web/ui/undo.tsx'
import { BranchSwitch } from './branch-switch.tsx'
import classes from './message.module.css'
import { answerAgain, openBranch, remove } from './message-acts.ts'
import { rememberMessage } from './remember.ts'

const MessageHistory = lazyAsked(() => import('./message-history.tsx').then((m) => m.MessageHistory))

/** What can be done with a message. Shown when the pointer or the keyboard is at it; its place is always kept. */
export const MessageActions = ({ row, onEdit }: { readonly row: MessageRow; readonly onEdit: () => void }) => {
  const store = usePersonaStore()
  const [historyOpen, setHistoryOpen] = useState(false)
  const mayWrite = useMayWrite()
  return (
    <>
      {row.editedAt !== null && (
        <button type="button" className={classes.edited} onClick={() => setHistoryOpen(true)}>
          edited
        </button>
      )}
      {row.siblingCount > 1 && <BranchSwitch row={row} />}
      <div className={classes.actions}>
        <CopyButton value={textOfParts(row.parts)}>
          {({ copied, copy }) => (
            <Act
              label={copied ? 'Copied' : 'Copy'}
              onClick={copy}
              icon={copied ? <Check size={14} /> : <Copy size={14} />}
            />
          )}
        </CopyButton>
        {mayWrite && row.role === 'assistant' && row.parentMessageId !== null && (
          <Act label="Answer again" onClick={() => answerAgain(store, row)} icon={<RefreshCw size={14} />} />
        )}
        {mayWrite && <Act label="Edit" onClick={onEdit} icon={<Pencil size={14} />} />}
        <ActMenu
          label="More about this message"
          icon={<Ellipsis size={14} />}
          position="bottom-end"
          items={() => <MoreItems row={row} onHistory={() => setHistoryOpen(true)} />}
        />
      </div>
      <Suspense fallback={null}>
        {historyOpen && <MessageHistory row={row} onClose={() => setHistoryOpen(false)} />}
      </Suspense>
    </>
  )
}

interface MoreItemsProps {
  readonly row: MessageRow
  readonly onHistory: () => void
}

const MoreItems = ({ row, onHistory }: MoreItemsProps) => {
  const store = usePersonaStore()
  const mayWrite = useMayWrite()
  const link = `${location.origin}/p/${row.personaId}/chats/${row.conversationId}?message=${row.messageId}`
  return (
    <>
      {mayWrite && (
        <>
          <Menu.Item leftSection={<GitBranch size={14} />} onClick={() => openBranch(store, row)}>
            Branch from here
          </Menu.Item>
          <Menu.Item leftSection={<Brain size={14} />} onClick={() => rememberMessage(store, row)}>
            Remember this
          </Menu.Item>
        </>
      )}
      {row.editedAt !== null && (
        <Menu.Item leftSection={<History size={14} />} onClick={onHistory}>
          Earlier versions
        </Menu.Item>
      )}
      <Menu.Item
        leftSection={<Link2 size={14} />}
        onClick={() => void navigator.clipboard.writeText(link).then(() => showDone('The link is copied.'))}
      >
        Copy link
      </Menu.Item>
      {mayWrite && (
        <>
          <Menu.Divider />
          <Menu.Item color="red" leftSection={<Trash2 size={14} />} onClick={() => remove(store, row)}>
            Delete
          </Menu.Item>
        </>
      )}
    </>
  )
}
