import { ActionIcon, Alert, Button, Group, Menu, Stack, Text, Tooltip } from '@mantine/core'
import { ArchiveRestore, Ellipsis, Link2, Merge, Pencil, Sparkles, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { memoryBody$, memoryById$, tagsOfMemory$ } from '#schema/memories/queries.ts'
import type { Memory } from '#schema/memories/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { useKeys } from '#web/ui/use-keys.ts'
import { forgetWithUndo, restoreWithUndo } from './bulk-acts.ts'
import { DetailPane } from './detail-pane.tsx'
import { EditMemory } from './edit-memory.tsx'
import { ImportanceSlider } from './importance-slider.tsx'
import { link, merge, reinforce } from './memory-acts.ts'
import classes from './memory-detail.module.css'
import { MemoryLinks } from './memory-links.tsx'
import { MemoryPicker } from './memory-picker.tsx'
import { MemoryProvenance } from './memory-provenance.tsx'
import { MemoryTimes } from './memory-times.tsx'

interface MemoryDetailProps {
  readonly memoryId: string
  readonly onOpen: (memoryId: string) => void
  readonly onClose: () => void
}

export const MemoryDetail = ({ memoryId, onOpen, onClose }: MemoryDetailProps) => {
  const store = usePersonaStore()
  const memory = store.useQuery(memoryById$(memoryId))
  if (memory === null)
    return (
      <DetailPane title="Memory" onClose={onClose}>
        <EmptyState
          title="This memory is not here"
          text="It may not have reached this device yet, or its import was undone."
          action={
            <Button variant="default" onClick={onClose}>
              Show the list
            </Button>
          }
        />
      </DetailPane>
    )
  return <KnownMemory memory={memory} onOpen={onOpen} onClose={onClose} />
}

type Doing = 'reading' | 'editing' | 'linking' | 'merging'

interface KnownMemoryProps extends Omit<MemoryDetailProps, 'memoryId'> {
  readonly memory: Memory
}

const KnownMemory = ({ memory, onOpen, onClose }: KnownMemoryProps) => {
  const store = usePersonaStore()
  const { memoryId, personaId } = memory
  const content = store.useQuery(memoryBody$(memoryId))?.content ?? ''
  const tags = store.useQuery(tagsOfMemory$(memoryId))
  const [doing, setDoing] = useState<Doing>('reading')
  const isForgotten = memory.forgottenAt !== null
  const read = () => setDoing('reading')
  useKeys({
    e: (event) => {
      if (doing !== 'reading') return
      event.preventDefault()
      setDoing('editing')
    },
  })

  if (doing === 'editing') return <EditMemory memoryId={memoryId} onDone={read} />
  return (
    <DetailPane
      title={memory.kind}
      onClose={onClose}
      actions={
        <Group gap={2} wrap="nowrap">
          {isForgotten ? (
            <Button
              size="compact-sm"
              variant="light"
              leftSection={<ArchiveRestore size={14} />}
              onClick={() => void restoreWithUndo(store, personaId, [memoryId])}
            >
              Restore
            </Button>
          ) : (
            <>
              <Act label="Edit (E)" icon={Pencil} onClick={() => setDoing('editing')} />
              <Act label="Reinforce: it proved true again" icon={Sparkles} onClick={() => reinforce(store, memoryId)} />
              <Act label="Forget (X)" icon={Trash2} onClick={() => void forgetWithUndo(store, personaId, [memoryId])} />
              <Menu position="bottom-end">
                <Menu.Target>
                  <ActionIcon variant="subtle" color="gray" aria-label="More">
                    <Ellipsis size={16} />
                  </ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item leftSection={<Link2 size={14} />} onClick={() => setDoing('linking')}>
                    Link to another memory…
                  </Menu.Item>
                  <Menu.Item leftSection={<Merge size={14} />} onClick={() => setDoing('merging')}>
                    Merge into another memory…
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            </>
          )}
        </Group>
      }
    >
      <Stack gap="md">
        {memory.mergedIntoId !== null && <MergedNote intoId={memory.mergedIntoId} onOpen={onOpen} />}
        {isForgotten && memory.mergedIntoId === null && (
          <Alert color="gray" p="sm">
            This memory is forgotten: it is in no list and no answer. Restore it whenever you like.
          </Alert>
        )}
        {doing === 'linking' && (
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
        {doing === 'merging' && (
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
        <div className={classes.content}>{content}</div>
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
        <MemoryLinks memory={memory} onOpen={onOpen} />
        <MemoryProvenance memory={memory} />
        <Text size="xs" c="dimmed">
          Every version of this memory stays in the persona’s log.
        </Text>
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

interface ActProps {
  readonly label: string
  readonly icon: typeof Pencil
  readonly onClick: () => void
}

const Act = ({ label, icon: Icon, onClick }: ActProps) => (
  <Tooltip label={label} openDelay={300}>
    <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
      <Icon size={16} />
    </ActionIcon>
  </Tooltip>
)
