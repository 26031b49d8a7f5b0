import { ActionIcon, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { X } from 'lucide-react'
import type { Conversation } from '#schema/conversations/state.ts'
import { persona$ } from '#schema/personas/queries.ts'
import { textHashOf } from '#schema/shared/text-hash.ts'
import { characterOf } from '#schema/stores/prompt.ts'
import { sourcesOf$ } from '#schema/stores/sources.ts'
import type { StepFact } from '#schema/tasks/events.ts'
import type { Step } from '#schema/tasks/kernel.ts'
import { stepsOf$, taskOfMessage$ } from '#schema/tasks/queries.ts'
import type { Task } from '#schema/tasks/state.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { asTokens } from '#web/ui/amounts.ts'
import { exactTime } from '#web/ui/times.tsx'
import classes from './how-it-came.module.css'
import { MessagesSeen } from './messages-seen.tsx'
import { stepSentence } from './step-sentence.ts'

interface HowItCameProps {
  readonly messageId: string
  readonly conversation: Conversation
  readonly onClose: () => void
}

/** What a model saw before it answered, why it was asked, and every step on the way. */
export const HowItCame = ({ messageId, conversation, onClose }: HowItCameProps) => {
  const store = usePersonaStore()
  const task = store.useQuery(taskOfMessage$(messageId))
  return (
    <aside className={classes.panel} aria-label="How this answer came about">
      <header className={classes.head}>
        <h3>How this answer came about</h3>
        <ActionIcon variant="subtle" color="gray" aria-label="Close" onClick={onClose}>
          <X size={16} />
        </ActionIcon>
      </header>
      {task === null ? (
        <Text size="sm" c="dimmed">
          Nothing is known of it: it was imported, or written before this was noted down.
        </Text>
      ) : (
        <TaskStory task={task} conversation={conversation} />
      )}
    </aside>
  )
}

type Prompted = Extract<StepFact, { kind: 'prompted' }>

const TaskStory = ({ task, conversation }: { readonly task: Task; readonly conversation: Conversation }) => {
  const steps = usePersonaStore().useQuery(stepsOf$(task.taskId))
  const prompted = steps.findLast((step): step is Step & Prompted => step.kind === 'prompted')
  const routed = steps.findLast((step) => step.kind === 'routed')
  return (
    <>
      {prompted !== undefined && (
        <>
          <Shares prompted={prompted} />
          <Told task={task} prompted={prompted} conversation={conversation} />
        </>
      )}
      {routed?.kind === 'routed' && routed.candidates.length > 0 && (
        <section>
          <h4>Who could answer</h4>
          <ul className={classes.list}>
            {routed.candidates.map(({ accountId, model, verdict, reason }) => (
              <li key={`${accountId}/${model}`} data-verdict={verdict}>
                <strong>{model}</strong> <span>{reason}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h4>Step by step</h4>
        <ol className={classes.steps}>
          <li>
            <time dateTime={task.queuedAt.toISOString()} title={exactTime(task.queuedAt)}>
              {clock.format(task.queuedAt)}
            </time>
            <span>Asked for.</span>
          </li>
          {steps.map((step, place) => (
            // Steps are only added, at the end.
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <li key={place}>
              <time dateTime={step.at.toISOString()} title={exactTime(step.at)}>
                {clock.format(step.at)}
              </time>
              <span>{stepSentence(step)}</span>
            </li>
          ))}
        </ol>
      </section>
    </>
  )
}

const sections: Readonly<Record<string, string>> = {
  system: 'System prompt',
  memories: 'Memories',
  messages: 'Messages',
  answer: 'Kept for the answer',
  free: 'Free',
}

const Shares = ({ prompted: { shares } }: { readonly prompted: Prompted }) => {
  const total = Math.max(
    1,
    shares.reduce((sum, { tokens }) => sum + tokens, 0),
  )
  return (
    <section>
      <h4>What it reads at once: about {asTokens(total)}</h4>
      <div className={classes.bar} aria-hidden>
        {shares.map(({ section, tokens }) => (
          <span key={section} data-section={section} style={{ flexGrow: tokens / total }} />
        ))}
      </div>
      <dl className={classes.legend}>
        {shares.map(({ section, tokens }) => (
          <div key={section}>
            <dt data-section={section}>{sections[section] ?? section}</dt>
            <dd>{asTokens(tokens)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

interface ToldProps {
  readonly task: Task
  readonly prompted: Prompted
  readonly conversation: Conversation
}

const Told = ({ task, prompted, conversation }: ToldProps) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const persona = store.useQuery(persona$)
  const character = characterOf(persona, conversation.settings.systemPrompt)
  const memoryIds = prompted.given.map(({ memoryId }) => memoryId)
  const known = new Map(store.useQuery(sourcesOf$(memoryIds, [])).map((source) => [source.id, source.preview]))
  return (
    <>
      <section>
        <h4>System prompt</h4>
        {textHashOf(character) !== prompted.systemHash && (
          <Text size="xs" c="dimmed">
            It has changed since, or was cut to fit. As it is today:
          </Text>
        )}
        <pre className={classes.system}>{character === '' ? 'None.' : character}</pre>
      </section>
      {prompted.given.length > 0 && (
        <section>
          <h4>Memories</h4>
          <ul className={classes.list}>
            {prompted.given.map(({ memoryId, why, score }) => (
              <li key={memoryId}>
                <Link to="/p/$personaId/memories" params={{ personaId }} search={{ memory: memoryId }}>
                  {known.get(memoryId) ?? 'A memory that is no more'}
                </Link>
                <span title={`Score ${score.toFixed(2)}`}>{why}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <MessagesSeen task={task} messageIds={prompted.messageIds} shares={prompted.shares} />
    </>
  )
}

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' })
