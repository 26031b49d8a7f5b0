import { ActionIcon, Tooltip } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { ArrowUpRight, FileInput, MessageSquare, MessagesSquare, PenLine } from 'lucide-react'
import type { Provenance } from '#schema/stores/provenance.ts'
import type { SourceKind } from '#schema/stores/provenance-queries.ts'
import { usePersonaId } from '#web/livestore/store-views.tsx'
import { counted, wholeNumber } from '#web/ui/charts/numbers.ts'
import classes from './provenance.module.css'

export interface RowState {
  /** Where the tab key stops. */
  readonly isStop: boolean
  readonly colour: string
}

interface SourceRowProps {
  readonly state: RowState
  readonly source: Provenance['sources'][number]
  readonly name: string
  readonly isChosen: boolean
  readonly onChoose: () => void
}

const sourceIcons = { conversation: MessagesSquare, import: FileInput, hand: PenLine } as const satisfies Record<
  SourceKind,
  typeof PenLine
>

/** Pressed, only what was learnt there is shown; the arrow leads there. */
export const SourceRow = ({ state, source, name, isChosen, onChoose }: SourceRowProps) => {
  const Icon = sourceIcons[source.kind]
  return (
    <>
      <button
        type="button"
        className={classes.row}
        tabIndex={state.isStop ? 0 : -1}
        aria-pressed={isChosen}
        title={name}
        onClick={onChoose}
      >
        <Icon size={14} aria-hidden className={classes.icon} />
        <span className={classes.text}>{name}</span>
        <span className={classes.count}>{wholeNumber(source.of)}</span>
        <span className={classes.end} style={{ background: state.colour }} />
      </button>
      <SourceJump source={source} name={name} isStop={state.isStop} />
    </>
  )
}

const SourceJump = ({
  source,
  name,
  isStop,
}: Pick<SourceRowProps, 'source' | 'name'> & { readonly isStop: boolean }) => {
  const personaId = usePersonaId()
  if (source.kind === 'hand') return null
  const jump =
    source.kind === 'conversation'
      ? { to: '/p/$personaId/chats/$conversationId', params: { personaId, conversationId: source.id } }
      : { to: '/import' }
  const label = source.kind === 'conversation' ? `Go to the chat: ${name}` : 'Go to the imports'
  return (
    <Tooltip label={label} openDelay={300}>
      <ActionIcon
        className={classes.jump}
        variant="subtle"
        color="gray"
        size="sm"
        aria-label={label}
        tabIndex={isStop ? 0 : -1}
        renderRoot={(props) => <Link {...props} {...jump} />}
      >
        <ArrowUpRight size={14} />
      </ActionIcon>
    </Tooltip>
  )
}

interface MemoryRowProps {
  readonly state: RowState
  readonly memory: Provenance['memories'][number]
  readonly onOpen: () => void
}

export const MemoryRow = ({ state, memory, onOpen }: MemoryRowProps) => (
  <button
    type="button"
    className={classes.row}
    tabIndex={state.isStop ? 0 : -1}
    title={memory.preview}
    onClick={onOpen}
  >
    <span className={classes.end} style={{ background: state.colour }} />
    <span className={classes.text}>{memory.preview}</span>
    {memory.uses > 0 && (
      <span className={classes.count} title={`Given to ${counted(memory.uses, 'answer')}`}>
        {wholeNumber(memory.uses)}
      </span>
    )}
  </button>
)

export const AnswerRow = ({
  state,
  answer,
}: {
  readonly state: RowState
  readonly answer: Provenance['answers'][number]
}) => {
  const personaId = usePersonaId()
  const { messageId, conversationId, preview, memories } = answer
  return (
    <Link
      className={classes.row}
      to="/p/$personaId/chats/$conversationId"
      params={{ personaId, conversationId }}
      search={{ message: messageId }}
      tabIndex={state.isStop ? 0 : -1}
      title={preview}
    >
      <MessageSquare size={14} aria-label="Answer" className={classes.icon} />
      <span className={classes.text}>{preview}</span>
      <span className={classes.count} title={`Was given ${counted(memories, 'memory', 'memories')}`}>
        {wholeNumber(memories)}
      </span>
    </Link>
  )
}

/** Nothing to press, but a place on the way. */
export const OtherRow = ({
  state,
  text,
  count,
}: {
  readonly state: RowState
  readonly text: string
  readonly count: number
}) => (
  <button type="button" className={classes.row} tabIndex={state.isStop ? 0 : -1} aria-disabled data-others>
    <span className={classes.text}>
      {wholeNumber(count)} {text}
    </span>
  </button>
)
