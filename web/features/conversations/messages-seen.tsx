import { Link } from '@tanstack/react-router'
import { useMemo } from 'react'
import { textOfParts } from '#schema/conversations/parts.ts'
import { branchTo$ } from '#schema/conversations/queries.ts'
import { previewOf } from '#schema/shared/text.ts'
import { tokensOfMessage } from '#schema/stores/prompt.ts'
import type { PromptShare } from '#schema/tasks/events.ts'
import type { Task } from '#schema/tasks/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { asTokens } from '#web/ui/amounts.ts'
import classes from './how-it-came.module.css'

interface MessagesSeenProps {
  readonly task: Task
  readonly messageIds: readonly string[]
  readonly shares: readonly PromptShare[]
}

/** Which messages a model was given, and how much of what it read each took; as they are today. */
export const MessagesSeen = ({ task, messageIds, shares }: MessagesSeenProps) => {
  const { questionId, personaId, conversationId } = task
  const store = usePersonaStore()
  // Read once: what was seen does not change, and the branch may be long.
  const branch = useMemo(() => store.query(branchTo$(questionId, 500)), [store, questionId])
  const byId = new Map(branch.map((message) => [message.messageId, message]))
  const total = shares.reduce((sum, { section, tokens }) => (readSections.has(section) ? sum + tokens : sum), 0)
  return (
    <section aria-label="Messages it saw">
      <h4>{messageIds.length === 1 ? 'One message' : `${messageIds.length} messages`} of this branch</h4>
      <ul className={classes.list}>
        {messageIds.map((messageId) => {
          const message = byId.get(messageId)
          if (message === undefined) return <li key={messageId}>A message that is no more</li>
          const tokens = tokensOfMessage(message)
          return (
            <li key={messageId}>
              <Link
                to="/p/$personaId/chats/$conversationId"
                params={{ personaId, conversationId }}
                search={(before) => ({ ...before, message: messageId })}
              >
                {previewOf(textOfParts(message.parts), 80) || 'A message without words'}
              </Link>
              <span>
                {roles[message.role]} · about {asTokens(tokens)}
                {total > 0 && `, ${Math.max(1, Math.min(100, Math.round((100 * tokens) / total)))} %`}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

const readSections: ReadonlySet<string> = new Set(['system', 'memories', 'messages'])

const roles = { user: 'You', assistant: 'The persona', system: 'A rule' } as const
