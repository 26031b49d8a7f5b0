import { Button, Group, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { LeftByEscape } from './left-by-escape.tsx'
import { split } from './life-acts.ts'
import { memoryText } from './memory-acts.ts'

interface SplitMemoryProps {
  readonly memoryId: string
  readonly onCancel: () => void
  readonly onSplit: () => void
}

/** One text, cut where an empty line stands. */
export const SplitMemory = ({ memoryId, onCancel, onSplit }: SplitMemoryProps) => {
  const store = usePersonaStore()
  const [memory] = useState(() => memoryText(store, memoryId))
  const [text, setText] = useState(() => sentencesApart(memory?.content ?? ''))
  const [refusal, setRefusal] = useState<Error>()
  if (memory === null) return null
  const parts = partsOf(text)
  const submit = () => {
    const { kind, importance, tags, occurredAt } = memory
    const refused = split(store, memoryId, { kind, importance, tags, occurredAt }, parts)
    if (refused === undefined) onSplit()
    else setRefusal(refused)
  }
  return (
    <LeftByEscape onLeave={onCancel}>
      <Textarea
        label="Split into"
        description="An empty line ends a memory. Each keeps the kind, tags, importance and sources."
        autosize
        minRows={4}
        maxRows={14}
        autoFocus
        value={text}
        error={refusal?.message}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group gap="sm">
        <Button size="xs" disabled={parts.length < 2} onClick={submit}>
          {parts.length < 2 ? 'Split' : `Split into ${parts.length}`}
        </Button>
        <Button size="xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
        <Text size="xs" c="dimmed">
          The memory itself is forgotten, and can be restored.
        </Text>
      </Group>
    </LeftByEscape>
  )
}

const partsOf = (text: string): readonly string[] =>
  text
    .split(/\n\s*\n/)
    .map((part) => part.trim())
    .filter((part) => part !== '')

/** A first proposal: each sentence by itself. */
const sentencesApart = (content: string) => content.replace(/([.!?])\s+(?=\p{Lu})/gu, '$1\n\n')
