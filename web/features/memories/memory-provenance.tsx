import { Link } from '@tanstack/react-router'
import { answersThatRecalled$, messageById$ } from '#schema/conversations/queries.ts'
import { memoryBody$ } from '#schema/memories/queries.ts'
import type { Memory } from '#schema/memories/state.ts'
import { memoryFormat } from '#schema/memories/transfers.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import classes from './memory-detail.module.css'

/** Where a memory came from, and where it went: each leads to its message. */
export const MemoryProvenance = ({ memory }: { readonly memory: Memory }) => {
  const store = usePersonaStore()
  const body = store.useQuery(memoryBody$(memory.memoryId))
  const answers = store.useQuery(answersThatRecalled$(memory.memoryId))
  const sources = body?.sourceEventIds.slice(0, 20) ?? []
  return (
    <>
      {sources.length > 0 && (
        <section>
          <h3 className={classes.section}>Learnt from</h3>
          <ul className={classes.entries}>
            {sources.map((messageId) => (
              <Source key={messageId} messageId={messageId} personaId={memory.personaId} />
            ))}
          </ul>
        </section>
      )}
      {body?.origin != null && sources.length === 0 && (
        <section>
          <h3 className={classes.section}>Learnt from</h3>
          <span className={classes.entryText}>
            {body.origin.format === memoryFormat ? 'A memory of another persona' : `An import (${body.origin.format})`}
          </span>
        </section>
      )}
      {answers.length > 0 && (
        <section>
          <h3 className={classes.section}>
            {answers.length === 1 ? 'One answer used it' : `${answers.length} answers used it`}
          </h3>
          <ul className={classes.entries}>
            {answers.map((answer) => (
              <MessageEntry key={answer.messageId} personaId={memory.personaId} {...answer} />
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

const Source = ({ messageId, personaId }: { readonly messageId: string; readonly personaId: string }) => {
  const message = usePersonaStore().useQuery(messageById$(messageId))
  if (message === null)
    return (
      <li className={classes.entry}>
        <span className={classes.entryMain}>
          <span className={classes.entryNote}>A message that is not on this device</span>
        </span>
      </li>
    )
  return <MessageEntry {...message} personaId={personaId} />
}

interface MessageEntryProps {
  readonly personaId: string
  readonly conversationId: string
  readonly messageId: string
  readonly preview: string
  readonly sentAt: Date
}

const MessageEntry = ({ personaId, conversationId, messageId, preview, sentAt }: MessageEntryProps) => (
  <li className={classes.entry}>
    <Link
      className={classes.entryMain}
      to="/p/$personaId/chats/$conversationId"
      params={{ personaId, conversationId }}
      search={{ message: messageId }}
    >
      <span className={classes.entryText}>{preview}</span>
      <span className={classes.entryNote}>
        <RelativeTime at={sentAt} />
      </span>
    </Link>
  </li>
)
