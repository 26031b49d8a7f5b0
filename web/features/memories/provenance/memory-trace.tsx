import { Button, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ArrowLeft } from 'lucide-react'
import { textOfParts } from '#schema/conversations/parts.ts'
import { memoryBody$, memoryById$ } from '#schema/memories/queries.ts'
import type { Memory } from '#schema/memories/state.ts'
import { answersGiven$, type GivenAnswer, type Quoted, quotedMessages$ } from '#schema/stores/memory-trace.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { counted } from '#web/ui/charts/numbers.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { AddedWhere } from './added-where.tsx'
import classes from './memory-trace.module.css'

interface MemoryTraceProps {
  readonly memoryId: string
  /** To the memory itself, which stands beside where there is room. */
  readonly onShow: () => void
  readonly onClose: () => void
}

/** The way of one memory: what was said when it was learnt, the memory, and the answers that were given it. */
export const MemoryTrace = ({ memoryId, onShow, onClose }: MemoryTraceProps) => {
  const memory = usePersonaStore().useQuery(memoryById$(memoryId))
  return (
    <section className={classes.view} aria-label="The way of this memory">
      <Group justify="space-between">
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          fw={400}
          leftSection={<ArrowLeft size={14} aria-hidden />}
          onClick={onClose}
        >
          All memories
        </Button>
        <Button size="compact-sm" variant="default" className={classes.show} onClick={onShow}>
          Show the memory
        </Button>
      </Group>
      {memory === null ? (
        <Text size="sm" c="dimmed" p="md">
          This memory is not here.
        </Text>
      ) : (
        <Way memory={memory} />
      )}
    </section>
  )
}

const Way = ({ memory }: { readonly memory: Memory }) => {
  const store = usePersonaStore()
  const body = store.useQuery(memoryBody$(memory.memoryId))
  const quoted = store.useQuery(quotedMessages$(body?.sourceEventIds ?? []))
  const answers = store.useQuery(answersGiven$(memory.memoryId))
  const missing = (body?.sourceEventIds.length ?? 0) - quoted.length
  return (
    <div className={classes.way}>
      <div className={classes.stage}>
        <h3 className={classes.stageHead}>Learnt from</h3>
        {quoted.map((message) => (
          <Quote key={message.messageId} message={message} />
        ))}
        {missing > 0 && (
          <p className={classes.card}>
            {missing === 1 ? 'One message is' : `${missing} messages are`} not on this device any more.
          </p>
        )}
        {quoted.length === 0 && missing <= 0 && <AddedWhere memory={memory} origin={body?.origin ?? null} />}
      </div>
      <div className={classes.stage}>
        <h3 className={classes.stageHead}>The memory</h3>
        <div className={classes.card} data-memory>
          <p className={classes.memory}>{body?.content ?? memory.preview}</p>
          <span className={classes.note}>
            {memory.kind}, learnt <RelativeTime at={memory.addedAt} />
          </span>
        </div>
      </div>
      <div className={classes.stage}>
        <h3 className={classes.stageHead}>
          {answers.length === 0 ? 'Answers' : `Given to ${counted(answers.length, 'answer')}`}
        </h3>
        {answers.map((answer) => (
          <Answer key={answer.messageId} answer={answer} />
        ))}
        {answers.length === 0 && <p className={classes.card}>No answer was given it yet.</p>}
      </div>
    </div>
  )
}

const Quote = ({ message }: { readonly message: Quoted }) => {
  const personaId = usePersonaId()
  const { conversationId, messageId } = message
  return (
    <Link
      className={classes.card}
      to="/p/$personaId/chats/$conversationId"
      params={{ personaId, conversationId }}
      search={{ message: messageId }}
    >
      {message.before !== null && <p className={classes.beside}>{message.before}</p>}
      <blockquote className={classes.quote}>{textOfParts(message.parts)}</blockquote>
      {message.after !== null && <p className={classes.beside}>{message.after}</p>}
      <span className={classes.note}>
        {message.title ?? 'A conversation'}, <RelativeTime at={message.sentAt} />
      </span>
    </Link>
  )
}

const Answer = ({ answer }: { readonly answer: GivenAnswer }) => {
  const personaId = usePersonaId()
  const { conversationId, messageId, question, preview, given } = answer
  return (
    <Link
      className={classes.card}
      to="/p/$personaId/chats/$conversationId"
      params={{ personaId, conversationId }}
      search={{ message: messageId }}
    >
      {question !== null && <p className={classes.beside}>{question}</p>}
      <p className={classes.said}>{preview}</p>
      <span className={classes.why}>
        {given === null
          ? 'Why it was given was not written down.'
          : `Score ${given.score.toFixed(2)}${given.why === '' ? '' : `: ${given.why}`}`}
      </span>
      <span className={classes.note}>
        {answer.title ?? 'A conversation'}, <RelativeTime at={answer.sentAt} />
      </span>
    </Link>
  )
}
