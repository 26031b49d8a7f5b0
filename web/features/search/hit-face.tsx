import { type LucideIcon, MessageSquare, MessagesSquare, NotebookText, Paperclip } from 'lucide-react'
import type { SearchHit } from '#schema/stores/search-find.ts'
import type { SnippetPart } from '#schema/stores/search-snippet.ts'
import { relativeTime, useCurrentMinute } from '#web/ui/times.tsx'
import classes from './search.module.css'

type HitProps = Pick<SearchHit, 'type' | 'kind' | 'title' | 'role' | 'personaName' | 'at' | 'snippet'>

/** A hit in one line. */
export const HitLine = ({ type, snippet, at }: HitProps) => (
  <>
    <HitIcon type={type} />
    <Marked parts={snippet} className={classes.line} />
    <When at={at} />
  </>
)

/** A hit with where it was said, and more of its text. */
export const HitCard = (hit: HitProps) => (
  <>
    <HitIcon type={hit.type} />
    <span className={classes.card}>
      <span className={classes.where}>
        <span className={classes.title} dir="auto">
          {whereSaid(hit)}
        </span>
        <When at={hit.at} />
      </span>
      <Marked parts={hit.snippet} className={classes.text} />
    </span>
  </>
)

/** Set apart, and in the direction of what it says: a text from right to left turns nothing around it. */
const Marked = ({ parts, className }: { parts: readonly SnippetPart[]; className: string | undefined }) => (
  <span className={className} dir="auto">
    {parts.map(({ text, isMatch }, place) =>
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text, which never move
      isMatch ? <mark key={place}>{text}</mark> : text,
    )}
  </span>
)

const When = ({ at }: { readonly at: Date }) => (
  <time className={classes.when} dateTime={at.toISOString()}>
    {relativeTime(at, useCurrentMinute())}
  </time>
)

const HitIcon = ({ type }: Pick<SearchHit, 'type'>) => {
  const Icon = icons[type]
  return (
    <span className={classes.icon}>
      <Icon size={16} aria-label={names[type]} />
    </span>
  )
}

const icons: Readonly<Record<SearchHit['type'], LucideIcon>> = {
  message: MessageSquare,
  memory: NotebookText,
  conversation: MessagesSquare,
  attachment: Paperclip,
}

const names = { message: 'Message', memory: 'Memory', conversation: 'Conversation', attachment: 'File' } as const

const whereSaid = ({ type, kind, title, role, personaName }: HitProps): string => {
  if (type === 'memory') return kind === '' ? 'Memory' : `Memory · ${kind}`
  if (type !== 'message') return names[type]
  const who = role === 'assistant' ? personaName : role === 'user' ? 'you' : role
  return [title, who].filter((part) => part !== '').join(' · ')
}
