import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core'
import { ArchiveRestore, Ellipsis, Eraser, Forward, Link2, Merge, Pencil, Sparkles, Split, Trash2 } from 'lucide-react'
import { memo, Suspense, useState } from 'react'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useIsOwner } from '#web/livestore/use-right.ts'
import { lazyAsked } from '#web/ui/lazy-part.ts'
import { forgetWithUndo, restoreWithUndo } from './bulk-acts.ts'
import { reinforce } from './memory-acts.ts'

const EraseMemories = lazyAsked(() => import('./erase-memories.tsx').then((m) => m.EraseMemories))

const GiveMemories = lazyAsked(() => import('./give-memories.tsx').then((m) => m.GiveMemories))

/** What one is at with the memory that is open. */
export type Doing = 'reading' | 'editing' | 'linking' | 'merging' | 'splitting'

interface MemoryActionsProps {
  readonly memoryId: string
  readonly personaId: string
  readonly isForgotten: boolean
  readonly onDo: (doing: Doing) => void
}

/** Apart from what the memory says: a revision renders none of it. */
export const MemoryActions = memo(function MemoryActions({
  memoryId,
  personaId,
  isForgotten,
  onDo,
}: MemoryActionsProps) {
  const store = usePersonaStore()
  const isOwner = useIsOwner()
  const [isErasing, setErasing] = useState(false)
  const [isTransferring, setTransferring] = useState(false)
  if (isForgotten)
    return (
      <Group gap="xs" wrap="nowrap">
        <Button
          size="compact-sm"
          variant="light"
          leftSection={<ArchiveRestore size={14} />}
          onClick={() => void restoreWithUndo(store, personaId, [memoryId])}
        >
          Restore
        </Button>
        {isOwner && <Act label="Erase for good…" icon={Eraser} onClick={() => setErasing(true)} />}
        <Suspense fallback={null}>
          {isErasing && <EraseMemories ids={[memoryId]} onClose={() => setErasing(false)} />}
        </Suspense>
      </Group>
    )
  return (
    <Group gap={2} wrap="nowrap">
      <Act label="Edit (E)" icon={Pencil} onClick={() => onDo('editing')} />
      <Act label="Reinforce: it proved true again" icon={Sparkles} onClick={() => reinforce(store, memoryId)} />
      <Act label="Forget (X)" icon={Trash2} onClick={() => void forgetWithUndo(store, personaId, [memoryId])} />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label="More">
            <Ellipsis size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Link2 size={14} />} onClick={() => onDo('linking')}>
            Link to another memory…
          </Menu.Item>
          <Menu.Item leftSection={<Merge size={14} />} onClick={() => onDo('merging')}>
            Merge into another memory…
          </Menu.Item>
          <Menu.Item leftSection={<Split size={14} />} onClick={() => onDo('splitting')}>
            Split into several…
          </Menu.Item>
          <Menu.Item leftSection={<Forward size={14} />} onClick={() => setTransferring(true)}>
            Give to another persona…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Suspense fallback={null}>
        {isTransferring && <GiveMemories ids={[memoryId]} onClose={() => setTransferring(false)} />}
      </Suspense>
    </Group>
  )
})

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
