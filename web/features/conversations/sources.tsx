import { Link } from '@tanstack/react-router'
import { Brain, MessageSquare } from 'lucide-react'
import { useMemo } from 'react'
import type { Answer } from '#schema/conversations/events.ts'
import { type Source, sourcesOf$ } from '#schema/stores/sources.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import classes from './message.module.css'

/** What an answer was given to go by, each a link to the thing itself. */
export const Sources = ({ answer }: { readonly answer: Answer }) => {
  const store = usePersonaStore()
  const { recalledMemoryIds, recalledMessageIds } = answer
  // Read once: a live query for every answer on the page would cost at each commit.
  const sources = useMemo(
    () =>
      recalledMemoryIds.length + recalledMessageIds.length === 0
        ? []
        : store.query(sourcesOf$(recalledMemoryIds, recalledMessageIds)),
    [store, recalledMemoryIds, recalledMessageIds],
  )
  if (sources.length === 0) return null
  return (
    <ul className={classes.sources} aria-label="Sources">
      {sources.map((source) => (
        <li key={source.id}>
          <SourceLink source={source} />
        </li>
      ))}
    </ul>
  )
}

const SourceLink = ({ source: { id, kind, preview, conversationId } }: { readonly source: Source }) => {
  const personaId = usePersonaId()
  const text = <span className={classes.sourceText}>{preview}</span>
  if (kind === 'memory') {
    return (
      <Link className={classes.source} to="/p/$personaId/memories" params={{ personaId }} search={{ memory: id }}>
        <Brain size={14} aria-label="Memory" />
        {text}
      </Link>
    )
  }
  return (
    <Link
      className={classes.source}
      to="/p/$personaId/chats/$conversationId"
      params={{ personaId, conversationId: conversationId ?? '' }}
      search={{ message: id }}
    >
      <MessageSquare size={14} aria-label="Message" />
      {text}
    </Link>
  )
}
