import { ActionIcon, Autocomplete, Button, Group, Popover, Stack, Text } from '@mantine/core'
import { X } from 'lucide-react'
import { type ReactNode, Suspense, useState } from 'react'
import { tagsAmong$ } from '#schema/memories/list-queries.ts'
import { memoryTagCounts$ } from '#schema/memories/queries.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { useIsOwner } from '#web/livestore/use-right.ts'
import { FloatingBar } from '#web/ui/floating-bar.tsx'
import { lazyAsked } from '#web/ui/lazy-part.ts'
import { forgetWithUndo, restoreWithUndo, tagWithUndo, untagWithUndo } from './bulk-acts.ts'
import { pinWithUndo } from './life-acts.ts'

const EraseMemories = lazyAsked(() => import('./erase-memories.tsx').then((m) => m.EraseMemories))

const GiveMemories = lazyAsked(() => import('./give-memories.tsx').then((m) => m.GiveMemories))

interface BulkBarProps {
  readonly ids: readonly string[]
  /** How many the filter finds. */
  readonly found: number
  readonly isBin: boolean
  readonly onSelectAll: () => void
  readonly onClear: () => void
}

/** Floats over the end of the list while something is chosen. */
export const BulkBar = ({ ids, found, isBin, onSelectAll, onClear }: BulkBarProps) => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const isOwner = useIsOwner()
  const [isErasing, setErasing] = useState(false)
  const [isTransferring, setTransferring] = useState(false)
  const act = (done: Promise<void>) => {
    onClear()
    void done
  }
  return (
    <FloatingBar label="Selected memories">
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" fw={600} px="sm" style={{ fontVariantNumeric: 'tabular-nums' }} role="status">
          {ids.length.toLocaleString()} selected
        </Text>
        {ids.length < found && (
          <Button size="xs" variant="subtle" onClick={onSelectAll}>
            All {found.toLocaleString()}
          </Button>
        )}
        {isBin ? (
          <>
            <Button size="xs" variant="default" onClick={() => act(restoreWithUndo(store, personaId, ids))}>
              Restore
            </Button>
            {isOwner && (
              <Button size="xs" variant="light" color="red" onClick={() => setErasing(true)}>
                Erase…
              </Button>
            )}
          </>
        ) : (
          <>
            <TagPopover label="Add tag">
              {(close) => (
                <AddTag
                  onAdd={(tag) => {
                    close()
                    void tagWithUndo(store, personaId, ids, tag)
                  }}
                />
              )}
            </TagPopover>
            <TagPopover label="Remove tag">
              {(close) => (
                <RemoveTag
                  ids={ids}
                  onRemove={(tag) => {
                    close()
                    void untagWithUndo(store, personaId, ids, tag)
                  }}
                />
              )}
            </TagPopover>
            <Button size="xs" variant="default" onClick={() => act(pinWithUndo(store, personaId, ids))}>
              Pin
            </Button>
            <Button size="xs" variant="default" onClick={() => setTransferring(true)}>
              Give away…
            </Button>
            <Button size="xs" variant="light" color="red" onClick={() => act(forgetWithUndo(store, personaId, ids))}>
              Forget
            </Button>
          </>
        )}
        <ActionIcon variant="subtle" color="gray" aria-label="Select nothing" onClick={onClear}>
          <X size={16} />
        </ActionIcon>
      </Group>
      <Suspense fallback={null}>
        {isTransferring && <GiveMemories ids={ids} onDone={onClear} onClose={() => setTransferring(false)} />}
        {isErasing && <EraseMemories ids={ids} onErased={onClear} onClose={() => setErasing(false)} />}
      </Suspense>
    </FloatingBar>
  )
}

interface TagPopoverProps {
  readonly label: string
  readonly children: (close: () => void) => ReactNode
}

const TagPopover = ({ label, children }: TagPopoverProps) => {
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="top" shadow="md" width={240} trapFocus returnFocus>
      <Popover.Target>
        <Button size="xs" variant="default" onClick={() => setOpened((opened) => !opened)}>
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>{children(() => setOpened(false))}</Popover.Dropdown>
    </Popover>
  )
}

const AddTag = ({ onAdd }: { readonly onAdd: (tag: string) => void }) => {
  const store = usePersonaStore()
  const [tag, setTag] = useState('')
  const [known] = useState(() => store.query(memoryTagCounts$).map(({ value }) => value))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (tag.trim() !== '') onAdd(tag)
      }}
    >
      <Stack gap="sm">
        <Autocomplete
          size="xs"
          label="Tag"
          data={known}
          limit={6}
          value={tag}
          onChange={setTag}
          comboboxProps={{ withinPortal: false, position: 'top' }}
          data-autofocus
        />
        <Button size="xs" type="submit" disabled={tag.trim() === ''}>
          Add
        </Button>
      </Stack>
    </form>
  )
}

const RemoveTag = ({
  ids,
  onRemove,
}: {
  readonly ids: readonly string[]
  readonly onRemove: (tag: string) => void
}) => {
  const store = usePersonaStore()
  const [tags] = useState(() => store.query(tagsAmong$(ids)))
  if (tags.length === 0) return <Text size="sm">None of them has a tag.</Text>
  return (
    <Stack gap={2} mah={240} style={{ overflowY: 'auto' }}>
      {tags.map(({ value, count }) => (
        <Button
          key={value}
          size="xs"
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          fw={400}
          flex="none"
          justify="space-between"
          rightSection={
            <Text size="xs" c="dimmed">
              {count.toLocaleString()}
            </Text>
          }
          onClick={() => onRemove(value)}
        >
          {value}
        </Button>
      ))}
    </Stack>
  )
}
