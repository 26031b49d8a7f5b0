import { Button, Group, Modal, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { MemoryDraft } from '#schema/memories/commands.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { DetailPane } from '#web/ui/detail-pane.tsx'
import { memoryText, revise } from './memory-acts.ts'
import { MemoryForm } from './memory-form.tsx'

/** Edits a copy. Leaving with something unsaved asks first, whichever way one leaves. */
export const EditMemory = ({ memoryId, onDone }: { readonly memoryId: string; readonly onDone: () => void }) => {
  const store = usePersonaStore()
  const [initial] = useState(() => memoryText(store, memoryId))
  const draft = useRef<MemoryDraft | null>(initial)
  const [asking, setAsking] = useState(false)
  const isDirty = () => draft.current !== null && initial !== null && !isSameDraft(draft.current, initial)
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty() && leavesMemory(current, next),
    enableBeforeUnload: isDirty,
    withResolver: true,
  })
  if (initial === null) return null
  const isAsking = asking || leaving.status === 'blocked'
  const stay = () => {
    setAsking(false)
    leaving.reset?.()
  }
  const discard = () => {
    draft.current = initial
    leaving.proceed?.()
    onDone()
  }
  const leave = () => (isDirty() ? setAsking(true) : onDone())

  return (
    <DetailPane title="Edit memory" onClose={leave}>
      <MemoryForm
        initial={initial}
        submitLabel="Save"
        withTime={false}
        onSubmit={(draft) => {
          const refusal = revise(store, initial, draft)
          if (refusal === undefined) onDone()
          return refusal
        }}
        onCancel={leave}
        onChange={(changed) => {
          draft.current = changed
        }}
      />
      <Modal opened={isAsking} onClose={stay} title="Discard what you changed?" size="sm" centered>
        <Text size="sm" mb="md">
          The memory stays as it was. What you typed since is not saved.
        </Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={stay} data-autofocus>
            Keep editing
          </Button>
          <Button color="red" onClick={discard}>
            Discard
          </Button>
        </Group>
      </Modal>
    </DetailPane>
  )
}

interface Place {
  readonly pathname: string
  readonly search: unknown
}

/** Narrowing the list beside it does not leave a memory; opening another does. */
const leavesMemory = (current: Place, next: Place): boolean =>
  current.pathname !== next.pathname || memoryIn(current.search) !== memoryIn(next.search)

const memoryIn = (search: unknown): unknown =>
  typeof search === 'object' && search !== null && 'memory' in search ? search.memory : undefined

const isSameDraft = (a: MemoryDraft, b: MemoryDraft): boolean =>
  a.content === b.content &&
  a.kind === b.kind &&
  a.importance === b.importance &&
  a.tags.toSorted().join('\n') === b.tags.toSorted().join('\n')
