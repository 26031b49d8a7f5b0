import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { isKnownPart, type MessagePart } from '#schema/conversations/parts.ts'
import { conversationById$, type MessageRow } from '#schema/conversations/queries.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { edit, say } from './message-acts.ts'

/** Changes the words of a message. What it said before is kept; what is not words stays as it is. */
export const MessageEditor = ({ row, onClose }: { readonly row: MessageRow; readonly onClose: () => void }) => {
  const store = usePersonaStore()
  const [parts, setParts] = useState(row.parts)
  const [refusal, setRefusal] = useState<Error | undefined>()
  const finish = (save: () => Error | undefined) => {
    const refused = save()
    setRefusal(refused)
    if (refused === undefined) onClose()
  }
  const save = () =>
    finish(() => (JSON.stringify(parts) === JSON.stringify(row.parts) ? undefined : edit(store, row, parts)))
  const sendAgain = () =>
    finish(() => {
      const conversation = store.query(conversationById$(row.conversationId))
      return conversation === null ? undefined : say(store, conversation, row.parentMessageId, parts)
    })
  return (
    <Stack
      gap="sm"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) save()
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
      {refusal !== undefined && (
        <Text size="sm" c="red" role="alert">
          {refusal.message}
        </Text>
      )}
      <Group gap="sm" justify="flex-end">
        <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
        {row.role === 'user' && (
          <Button size="xs" variant="default" onClick={sendAgain} title="Keeps this message, and asks anew beside it">
            Ask anew as a branch
          </Button>
        )}
        <Button size="xs" onClick={save}>
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
