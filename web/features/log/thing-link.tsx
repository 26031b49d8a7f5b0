import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { usePersonaId } from '#web/livestore/store-views.tsx'

/** Something with a room of its own, or within one. */
export interface NamedThing {
  readonly kind: 'memory' | 'conversation' | 'message' | 'attachment'
  readonly id: string
  /** Of a message: where it was said. */
  readonly conversationId?: string | undefined
}

/** The things that the fields of an event name, one by one; lists of many are told by what changed. */
export const thingsNamedIn = (args: unknown): readonly NamedThing[] => {
  const fields = typeof args === 'object' && args !== null ? (args as Readonly<Record<string, unknown>>) : {} // any object may be asked
  const idIn = (field: string) => {
    const id = fields[field]
    return typeof id === 'string' && id !== '' ? id : undefined
  }
  const conversationId = idIn('conversationId')
  const [memoryId, messageId, attachmentId] = [idIn('memoryId'), idIn('messageId'), idIn('attachmentId')]
  return [
    ...(memoryId === undefined ? [] : [{ kind: 'memory', id: memoryId } as const]),
    ...(messageId === undefined ? [] : [{ kind: 'message', id: messageId, conversationId } as const]),
    ...(conversationId === undefined ? [] : [{ kind: 'conversation', id: conversationId } as const]),
    ...(attachmentId === undefined ? [] : [{ kind: 'attachment', id: attachmentId } as const]),
  ]
}

export const ThingLink = ({ kind, id, conversationId }: NamedThing) => {
  const personaId = usePersonaId()
  const chat = (conversationId: string, search: Readonly<Record<string, string>>, label: string) => (
    <Anchor
      size="sm"
      renderRoot={(props) => (
        <Link
          to="/p/$personaId/chats/$conversationId"
          params={{ personaId, conversationId }}
          search={search}
          {...props}
        />
      )}
    >
      {label}
    </Anchor>
  )
  switch (kind) {
    case 'memory':
      return (
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link to="/p/$personaId/memories" params={{ personaId }} search={{ memory: id }} {...props} />
          )}
        >
          The memory
        </Anchor>
      )
    case 'message':
      return conversationId === undefined ? 'A message' : chat(conversationId, { message: id }, 'The message')
    case 'conversation':
      return chat(id, {}, 'The conversation')
    case 'attachment':
      return (
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link to="/p/$personaId/files" params={{ personaId }} search={{ file: id }} {...props} />
          )}
        >
          The file
        </Anchor>
      )
  }
}
