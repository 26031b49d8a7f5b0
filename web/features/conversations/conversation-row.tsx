import { Link } from '@tanstack/react-router'
import { Star } from 'lucide-react'
import { memo } from 'react'
import type { ConversationRow as Row } from '#schema/conversations/queries.ts'
import { AlsoAtMark } from '#web/ui/also-at-mark.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import classes from './conversations.module.css'
import { RowMenu } from './row-menu.tsx'

type RowProps = Row & {
  readonly personaId: string
  readonly isOpen: boolean
  /** Who else has it open. */
  readonly others: string | undefined
  /** Undefined for whoever may only read. */
  readonly onMove: Parameters<typeof RowMenu>[0]['onMove'] | undefined
}

export const ConversationRow = memo(
  ({ isOpen, others, onMove, ...row }: RowProps) => {
    const { personaId, conversationId, title, favouredAt, messageCount, lastMessageAt } = row
    return (
      <li className={classes.rowPlace}>
        <Link
          className={classes.row}
          to="/p/$personaId/chats/$conversationId"
          params={{ personaId, conversationId }}
          search={filterOf}
          data-open={isOpen || undefined}
          aria-current={isOpen ? 'page' : undefined}
        >
          <span className={classes.rowTitle}>{title}</span>
          {others !== undefined && <AlsoAtMark who={others} />}
          {favouredAt !== null && (
            <Star size={12} fill="currentColor" className={classes.star} aria-label="Favourite" />
          )}
          <span className={classes.rowNote}>
            <RelativeTime at={lastMessageAt} /> ·{' '}
            {messageCount === 1 ? '1 message' : `${count.format(messageCount)} messages`}
          </span>
        </Link>
        {onMove !== undefined && <RowMenu conversation={row} onMove={onMove} />}
      </li>
    )
  },
  (before, after) =>
    before.title === after.title &&
    before.isOpen === after.isOpen &&
    before.others === after.others &&
    before.messageCount === after.messageCount &&
    before.lastMessageAt.getTime() === after.lastMessageAt.getTime() &&
    before.favouredAt?.getTime() === after.favouredAt?.getTime() &&
    before.onMove === after.onMove,
)

/** Another conversation keeps the list as it is filtered, and not the message a link led to. */
const filterOf = ({ show, q }: Readonly<Record<string, string | undefined>>): Record<string, string> => ({
  ...(show !== undefined && { show }),
  ...(q !== undefined && { q }),
})

const count = new Intl.NumberFormat()
