import { Button, FileButton, Group, Progress, SegmentedControl, Select, Text, TextInput } from '@mantine/core'
import { LayoutGrid, List, Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { fileKinds, shownName } from '#schema/attachments/kinds.ts'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { freeSpace } from '#web/services/attachments/space.ts'
import { byteSize } from '#web/ui/byte-size.ts'
import { useKeys } from '#web/ui/use-keys.ts'
import type { FileSearch, FileSearchChange } from './file-search.ts'
import classes from './files-room.module.css'
import type { ComingFile } from './use-add-files.ts'

interface FilesHeaderProps {
  readonly search: FileSearch
  readonly totals: { readonly kept: number; readonly deleted: number; readonly bytes: number }
  readonly coming: readonly ComingFile[]
  readonly onChange: (change: FileSearchChange) => void
  readonly onAdd: (files: readonly File[]) => void
}

export const FilesHeader = ({ search, totals, coming, onChange, onAdd }: FilesHeaderProps) => {
  const { filter, order, view } = search
  const mayWrite = useMayWrite()
  const field = useRef<HTMLInputElement>(null)
  useKeys({
    '/': (event) => {
      event.preventDefault()
      field.current?.focus()
    },
  })
  const isBin = filter.show === 'deleted'
  return (
    <header className={classes.header}>
      <Group gap="xs">
        <TextInput
          ref={field}
          type="search"
          size="xs"
          className={classes.search ?? ''}
          aria-label="Filter by name"
          placeholder="Filter by name"
          leftSection={<Search size={14} />}
          defaultValue={filter.text ?? ''}
          onChange={({ currentTarget }) => onChange({ q: currentTarget.value || undefined })}
        />
        <Select
          size="xs"
          w={120}
          aria-label="Kind"
          data={[
            { value: '', label: 'Every kind' },
            ...fileKinds.map((value) => ({ value, label: kindLabels[value] })),
          ]}
          value={filter.kind ?? ''}
          onChange={(kind) => onChange({ kind: kind || undefined })}
          allowDeselect={false}
        />
        <Select
          size="xs"
          w={130}
          aria-label="Order"
          data={[
            { value: 'newest', label: 'Newest first' },
            { value: 'oldest', label: 'Oldest first' },
            { value: 'largest', label: 'Largest first' },
            { value: 'name', label: 'By name' },
          ]}
          value={order}
          onChange={(sort) => onChange({ sort: sort === 'newest' ? undefined : (sort ?? undefined) })}
          allowDeselect={false}
        />
        <SegmentedControl
          size="xs"
          aria-label="View"
          value={view}
          onChange={(view) => onChange({ view: view === 'grid' ? undefined : view })}
          data={[
            { value: 'grid', label: <LayoutGrid size={14} aria-label="Grid" /> },
            { value: 'list', label: <List size={14} aria-label="List" /> },
          ]}
        />
        <Button
          size="xs"
          variant={isBin ? 'light' : 'subtle'}
          color="gray"
          onClick={() => onChange({ show: isBin ? undefined : 'deleted' })}
          aria-pressed={isBin}
        >
          Trash {totals.deleted > 0 && totals.deleted.toLocaleString()}
        </Button>
        {mayWrite && (
          <FileButton multiple onChange={onAdd} inputProps={{ 'aria-label': 'Files to add' }}>
            {(props) => (
              <Button size="xs" {...props}>
                Add files
              </Button>
            )}
          </FileButton>
        )}
        <Text size="xs" c="dimmed" role="status" className={classes.totals ?? ''}>
          {totals.kept.toLocaleString()} {totals.kept === 1 ? 'file' : 'files'}
          {totals.bytes > 0 && `, ${byteSize(totals.bytes)}`}
          <FreeSpace key={totals.bytes} />
        </Text>
      </Group>
      {coming.map(({ id, name, part, stop }) => (
        <Group key={id} gap="sm" wrap="nowrap">
          <Text size="xs" truncate maw={240}>
            {shownName(name)}
          </Text>
          <Progress flex={1} size="sm" value={part * 100} aria-label={`Reading ${shownName(name)}`} />
          <Button size="compact-xs" variant="subtle" color="gray" onClick={stop}>
            Stop
          </Button>
        </Group>
      ))}
    </header>
  )
}

const kindLabels = { image: 'Pictures', pdf: 'PDFs', text: 'Texts', audio: 'Sound', video: 'Video' } as const

const FreeSpace = () => {
  const [free, setFree] = useState<number>()
  useEffect(() => {
    void freeSpace().then(setFree)
  }, [])
  return free === undefined ? null : ` · room for ${byteSize(free)} on this device`
}
