import { Button, Group, Textarea } from '@mantine/core'
import { useState } from 'react'
import { memoryAuthor$ } from '#schema/memories/queries.ts'
import type { MemoryConflict } from '#schema/memories/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useAuthorNames } from '#web/services/author-names.ts'
import { TwoVersions } from '#web/ui/two-versions.tsx'
import { showRefusal } from '#web/ui/undo.tsx'
import { settle } from './memory-acts.ts'

interface MemoryConflictsProps {
  readonly memoryId: string
  readonly content: string
  /** Not empty; the first is chosen about first. */
  readonly conflicts: readonly MemoryConflict[]
}

/** In place of the text of a memory that has more than one. */
export const MemoryConflicts = ({ memoryId, content, conflicts }: MemoryConflictsProps) => {
  const store = usePersonaStore()
  const author = store.useQuery(memoryAuthor$(memoryId))
  const nameOf = useAuthorNames()
  const [writing, setWriting] = useState(false)
  const [conflict, ...others] = conflicts
  if (conflict === undefined) return null
  if (writing)
    return (
      <WriteBoth
        initial={`${content}\n\n${conflict.content}`}
        onSave={(text) => settle(store, conflict, text)}
        onClose={() => setWriting(false)}
      />
    )
  return (
    <TwoVersions
      standing={{ text: content, author: nameOf(author), at: author?.writtenAt ?? null }}
      beside={{ text: conflict.content, author: nameOf(conflict), at: conflict.writtenAt }}
      waiting={others.length}
      onKeep={(text) => showRefusal(settle(store, conflict, text === 'standing' ? content : conflict.content))}
      onWriteBoth={() => setWriting(true)}
    />
  )
}

interface WriteBothProps {
  readonly initial: string
  readonly onSave: (text: string) => Error | undefined
  readonly onClose: () => void
}

const WriteBoth = ({ initial, onSave, onClose }: WriteBothProps) => {
  const [text, setText] = useState(initial)
  const [refusal, setRefusal] = useState<Error>()
  const save = () => {
    const refused = onSave(text)
    setRefusal(refused)
    if (refused === undefined) onClose()
  }
  return (
    <div>
      <Textarea
        label="Both together"
        description="Make one text of the two. It takes the place of both."
        autosize
        minRows={5}
        maxRows={20}
        autoFocus
        value={text}
        error={refusal?.message}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) save()
          if (event.key === 'Escape') {
            event.stopPropagation()
            onClose()
          }
        }}
      />
      <Group justify="flex-end" gap="sm" mt="sm">
        <Button size="xs" variant="subtle" color="gray" onClick={onClose}>
          Cancel
        </Button>
        <Button size="xs" onClick={save}>
          Save
        </Button>
      </Group>
    </div>
  )
}
