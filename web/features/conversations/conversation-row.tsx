import { Link } from '@tanstack/react-router'
import { Star } from 'lucide-react'
import { memo } from 'react'
import type { ConversationRow as Row } from '#schema/conversations/queries.ts'
import { AlsoAtMark } from '#web/ui/also-at-mark.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import classes from './conversations.module.css'

type RowProps = Pick<Row, 'conversationId' | 'title' | 'favouredAt' | 'messageCount' | 'lastMessageAt'> & {
  readonly personaId: string
  readonly isOpen: boolean
  /** Who else has it open. */
  readonly others: string | undefined
}

export const ConversationRow = memo(
  ({ personaId, conversationId, title, favouredAt, messageCount, lastMessageAt, isOpen, others }: RowProps) => (
    <li>
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
        {favouredAt !== null && <Star size={12} fill="currentColor" className={classes.star} aria-label="Favourite" />}
        <span className={classes.rowNote}>
          <RelativeTime at={lastMessageAt} /> ·{' '}
          {messageCount === 1 ? '1 message' : `${count.format(messageCount)} messages`}
        </span>
      </Link>
    </li>
  ),
  (before, after) =>
    before.title === after.title &&
    before.isOpen === after.isOpen &&
    before.others === after.others &&
    before.messageCount === after.messageCount &&
    before.lastMessageAt.getTime() === after.lastMessageAt.getTime() &&
    before.favouredAt?.getTime() === after.favouredAt?.getTime(),
)

/** Another conversation keeps the list as it is filtered, and not the message a link led to. */
const filterOf = ({ show, q }: Readonly<Record<string, string | undefined>>): Record<string, string> => ({
  ...(show !== undefined && { show }),
  ...(q !== undefined && { q }),
})

const count = new Intl.NumberFormat()
