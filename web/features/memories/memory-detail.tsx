import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { History } from 'lucide-react'
import { memo, Suspense, useState } from 'react'
import { conflictsOfMemory$, memoryBody$, memoryById$, tagsOfMemory$ } from '#schema/memories/queries.ts'
import type { Memory } from '#schema/memories/state.ts'
import { useIsPast, usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { DetailPane } from '#web/ui/detail-pane.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { lazyAsked, lazyExtra } from '#web/ui/lazy-part.ts'
import { useKeys } from '#web/ui/use-keys.ts'
import { EditMemory } from './edit-memory.tsx'
import { ImportanceSlider } from './importance-slider.tsx'
import { type Doing, MemoryActions } from './memory-actions.tsx'
import { link, merge } from './memory-acts.ts'
import { MemoryConflicts } from './memory-conflicts.tsx'
import classes from './memory-detail.module.css'
import { MemoryLinks } from './memory-links.tsx'
import { MemoryPicker } from './memory-picker.tsx'
import { MemoryProvenance } from './memory-provenance.tsx'
import { MemoryTimes } from './memory-times.tsx'
import { TransferredNote } from './transferred-note.tsx'
import { useMemorySearch } from './use-memory-search.ts'

const MemoryTier = lazyExtra(() => import('./memory-tier.tsx').then((m) => m.MemoryTier))
const SplitMemory = lazyAsked(() => import('./split-memory.tsx').then((m) => m.SplitMemory))
const MemoryHistory = lazyAsked(() => import('./memory-history.tsx').then((m) => m.MemoryHistory))

interface MemoryDetailProps {
  readonly memoryId: string
  readonly onOpen: (memoryId: string) => void
  readonly onClose: () => void
}

export const MemoryDetail = memo(function MemoryDetail({ memoryId, onOpen, onClose }: MemoryDetailProps) {
  const store = usePersonaStore()
  const memory = store.useQuery(memoryById$(memoryId))
  const isPast = useIsPast()
  if (memory === null)
    return (
      <DetailPane title="Memory" onClose={onClose}>
        <EmptyState
          title="This memory is not here"
          text={
            isPast
              ? 'It was not there yet at this time, or it was erased for good since: what is erased is erased in the past too.'
              : 'It may not have reached this device yet, or its import was undone.'
          }
          action={
            <Button variant="default" onClick={onClose}>
              Show the list
            </Button>
          }
        />
      </DetailPane>
    )
  return <KnownMemory memory={memory} onOpen={onOpen} onClose={onClose} />
})

interface KnownMemoryProps extends Omit<MemoryDetailProps, 'memoryId'> {
  readonly memory: Memory
}

const KnownMemory = ({ memory, onOpen, onClose }: KnownMemoryProps) => {
  const store = usePersonaStore()
  const { memoryId, personaId } = memory
  const content = store.useQuery(memoryBody$(memoryId))?.content ?? ''
  const tags = store.useQuery(tagsOfMemory$(memoryId))
  const conflicts = store.useQuery(conflictsOfMemory$(memoryId))
  const [doing, setDoing] = useState<Doing>('reading')
  const isForgotten = memory.forgottenAt !== null
  const mayWrite = useMayWrite()
  const read = () => setDoing('reading')
  const { history, change } = useMemorySearch()
  const showHistory = () => change({ history: 'all' })
  useKeys({
    e: (event) => {
      if (doing !== 'reading' || !mayWrite) return
      event.preventDefault()
      setDoing('editing')
    },
    h: () => {
      if (doing === 'reading' && history === undefined) showHistory()
    },
  })

  if (history !== undefined)
    return (
      <Suspense fallback={null}>
        <MemoryHistory memory={memory} mark={JSON.stringify([memory, content, tags])} compared={history} />
      </Suspense>
    )
  if (doing === 'editing' && mayWrite) return <EditMemory memoryId={memoryId} onDone={read} />
  return (
    <DetailPane
      title={memory.kind}
      onClose={onClose}
      actions={
        mayWrite && (
          <MemoryActions memoryId={memoryId} personaId={personaId} isForgotten={isForgotten} onDo={setDoing} />
        )
      }
    >
      <Stack gap="md">
        {memory.mergedIntoId !== null && <MergedNote intoId={memory.mergedIntoId} onOpen={onOpen} />}
        {isForgotten && <TransferredNote memoryId={memoryId} />}
        {isForgotten && memory.mergedIntoId === null && (
          <Alert color="gray" p="sm">
            This memory is forgotten: it is in no list and no answer. Restore it whenever you like.
          </Alert>
        )}
        {doing === 'linking' && mayWrite && (
          <MemoryPicker
            label="Link to"
            withRelation
            exceptId={memoryId}
            onCancel={read}
            onPick={(otherId, relation) => {
              link(store, memoryId, otherId, relation)
              read()
            }}
          />
        )}
        {doing === 'merging' && mayWrite && (
          <MemoryPicker
            label="Merge into"
            exceptId={memoryId}
            onCancel={read}
            onPick={(otherId) => {
              if (merge(store, memoryId, otherId)) onOpen(otherId)
              read()
            }}
          />
        )}
        {doing === 'splitting' && mayWrite && (
          <Suspense fallback={null}>
            <SplitMemory memoryId={memoryId} onCancel={read} onSplit={onClose} />
          </Suspense>
        )}
        {conflicts.length > 0 && !isForgotten ? (
          <MemoryConflicts key={conflicts[0]?.conflictId} memoryId={memoryId} content={content} conflicts={conflicts} />
        ) : (
          <div className={classes.content}>{content}</div>
        )}
        {tags.length > 0 && (
          <ul className={classes.tags} aria-label="Tags">
            {tags.map((tag) => (
              <li key={tag} className={classes.tag}>
                {tag}
              </li>
            ))}
          </ul>
        )}
        <ImportanceSlider key={memoryId} memory={memory} />
        <MemoryTimes memory={memory} />
        {!isForgotten && (
          <Suspense fallback={null}>
            <MemoryTier memoryId={memoryId} />
          </Suspense>
        )}
        <MemoryLinks memory={memory} onOpen={onOpen} />
        <MemoryProvenance memory={memory} />
        <Group justify="space-between" gap="xs">
          <Text size="xs" c="dimmed" flex={1} miw={200}>
            Every version of this memory stays in the persona’s log, until it is erased for good.
          </Text>
          <Button size="compact-xs" variant="default" leftSection={<History size={14} />} onClick={showHistory}>
            History
          </Button>
        </Group>
      </Stack>
    </DetailPane>
  )
}

const MergedNote = ({ intoId, onOpen }: { readonly intoId: string; readonly onOpen: (memoryId: string) => void }) => (
  <Alert color="gray" p="sm">
    <Group justify="space-between" wrap="nowrap">
      <Text size="sm">This memory was merged into another.</Text>
      <Button size="compact-sm" variant="subtle" onClick={() => onOpen(intoId)}>
        Open it
      </Button>
    </Group>
  </Alert>
)
