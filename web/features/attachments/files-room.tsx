import { Button } from '@mantine/core'
import { useRef, useState } from 'react'
import { attachmentList$, attachmentTotals$ } from '#schema/stores/attachment-list.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { deleteFiles } from '#web/services/attachments/attachment-acts.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { useFileDrop } from '#web/ui/use-file-drop.ts'
import { useKeys } from '#web/ui/use-keys.ts'
import { AttachmentViewer } from './attachment-viewer.tsx'
import { FileBulkBar } from './file-bulk-bar.tsx'
import { FileGrid } from './file-grid.tsx'
import { type FileSearch, type FileSearchChange, isNarrowed } from './file-search.ts'
import { FilesHeader } from './files-header.tsx'
import classes from './files-room.module.css'
import { useAddFiles } from './use-add-files.ts'

interface FilesRoomProps {
  readonly search: FileSearch
  readonly onChange: (change: FileSearchChange) => void
}

/** Every file of a persona: what was said with one, and what was put here. */
export const FilesRoom = ({ search, onChange }: FilesRoomProps) => {
  const store = usePersonaStore()
  const mayWrite = useMayWrite()
  const { filter, order, view, openId } = search
  const [limit, setLimit] = useState(pageLength)
  const files = store.useQuery(attachmentList$(filter, order, limit))
  const totals = store.useQuery(attachmentTotals$)
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const chosenFiles = files.filter(({ attachmentId }) => chosen.has(attachmentId))
  const { coming, add } = useAddFiles()
  const end = useRef<HTMLDivElement>(null)
  const isDropping = useFileDrop(end, (dropped) => mayWrite && add(dropped))
  const open = (attachmentId: string | undefined) => onChange({ file: attachmentId })
  useKeys({
    x: () => {
      if (mayWrite && filter.show === 'kept' && chosenFiles.length > 0) {
        deleteFiles(store, chosenFiles)
        setChosen(new Set())
      }
    },
    Escape: () => setChosen(new Set()),
  })

  return (
    <div className={classes.room} data-dropping={isDropping || undefined}>
      <FilesHeader search={search} totals={totals} coming={coming} onChange={onChange} onAdd={add} />
      {files.length === 0 ? (
        <NoFiles search={search} onClear={() => onChange({ q: undefined, kind: undefined })} />
      ) : (
        <div className={classes.scroll}>
          <FileGrid files={files} view={view} chosen={chosen} onChoose={setChosen} onOpen={open} />
          {files.length === limit && (
            <Button variant="default" m="md" onClick={() => setLimit(limit + pageLength)}>
              Show more
            </Button>
          )}
        </div>
      )}
      {chosenFiles.length > 0 && mayWrite && (
        <FileBulkBar files={chosenFiles} isBin={filter.show === 'deleted'} onDone={() => setChosen(new Set())} />
      )}
      {openId !== undefined && (
        <AttachmentViewer
          attachmentId={openId}
          order={files.map(({ attachmentId }) => attachmentId)}
          onOpen={open}
          onClose={() => open(undefined)}
        />
      )}
      <div ref={end} />
    </div>
  )
}

/** Each shows a picture: more at once would be slow. */
const pageLength = 60

const NoFiles = ({ search: { filter }, onClear }: { readonly search: FileSearch; readonly onClear: () => void }) => {
  const mayWrite = useMayWrite()
  if (isNarrowed(filter))
    return (
      <EmptyState
        title="Nothing matches"
        text="No file has all of what you filter by."
        action={
          <Button variant="default" onClick={onClear}>
            Clear filters
          </Button>
        }
      />
    )
  if (filter.show === 'deleted')
    return <EmptyState title="The trash is empty" text="Files you delete come here, and can be restored from here." />
  if (!mayWrite) return <EmptyState title="No files yet" text="What is sent in a chat, or put here, is listed here." />
  return (
    <EmptyState
      title="No files yet"
      text="Drop pictures, PDFs, texts, sound or video here, or send them in a chat. They are sealed before they leave this device."
    />
  )
}
