import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { isKnownPart, type MessagePart } from '#schema/conversations/parts.ts'
import { conversationById$, type MessageRow } from '#schema/conversations/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { ProblemText } from '#web/ui/problem-text.tsx'
import { edit, say } from './message-acts.ts'

/** Changes the words of a message. What it said before is kept; what is not words stays as it is. */
export const MessageEditor = ({ row, onClose }: { readonly row: MessageRow; readonly onClose: () => void }) => {
  const store = usePersonaStore()
  // As it is shown now: what another device changes meanwhile is not what was edited.
  const [seen] = useState(row)
  const askAnew = (parts: readonly MessagePart[]) => {
    const conversation = store.query(conversationById$(seen.conversationId))
    return conversation === null ? undefined : say(store, conversation, seen.parentMessageId, parts)
  }
  return (
    <PartsEditor
      initial={seen.parts}
      onSave={(parts) => (JSON.stringify(parts) === JSON.stringify(seen.parts) ? undefined : edit(store, seen, parts))}
      onClose={onClose}
      {...(seen.role === 'user' && { onAskAnew: askAnew })}
    />
  )
}

type Act = (parts: readonly MessagePart[]) => Error | undefined

interface PartsEditorProps {
  readonly initial: readonly MessagePart[]
  readonly onSave: Act
  readonly onAskAnew?: Act
  readonly onClose: () => void
}

export const PartsEditor = ({ initial, onSave, onAskAnew, onClose }: PartsEditorProps) => {
  const [parts, setParts] = useState(initial)
  const [refusal, setRefusal] = useState<Error | undefined>()
  const finish = (act: Act) => {
    const refused = act(parts)
    setRefusal(refused)
    if (refused === undefined) onClose()
  }
  return (
    <Stack
      gap="sm"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) finish(onSave)
      }}
    >
      {parts.map((part, place) => {
        const words = wordsOf(part)
        return words === undefined ? null : (
          <Textarea
            // Parts have no identity but their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            key={place}
            aria-label={part.type === 'code' ? 'Code' : 'Message'}
            value={words}
            onChange={({ currentTarget }) => {
              const { value } = currentTarget
              setParts((parts) => parts.map((part, index) => (index === place ? withWords(part, value) : part)))
            }}
            autosize
            minRows={2}
            maxRows={20}
            size="md"
            data-autofocus={place === 0 || undefined}
            autoFocus={place === 0}
            {...(part.type === 'code' && {
              styles: { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 13 } },
            })}
          />
        )
      })}
      {refusal !== undefined && <ProblemText>{refusal.message}</ProblemText>}
      <Group gap="sm" justify="flex-end">
        <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
        {onAskAnew !== undefined && (
          <Button
            size="xs"
            variant="default"
            onClick={() => finish(onAskAnew)}
            title="Keeps this message, and asks anew beside it"
          >
            Ask anew as a branch
          </Button>
        )}
        <Button size="xs" onClick={() => finish(onSave)}>
          Save
        </Button>
      </Group>
    </Stack>
  )
}

const wordsOf = (part: MessagePart): string | undefined => {
  if (!isKnownPart(part)) return undefined
  return part.type === 'text' ? part.text : part.type === 'code' ? part.code : undefined
}

const withWords = (part: MessagePart, words: string): MessagePart => {
  if (!isKnownPart(part)) return part
  return part.type === 'text' ? { ...part, text: words } : part.type === 'code' ? { ...part, code: words } : part
}
