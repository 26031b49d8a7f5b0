import { ActionIcon, Button, Group, Text } from '@mantine/core'
import { X } from 'lucide-react'
import { useState } from 'react'
import type { Attachment } from '#schema/attachments/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { deleteFiles, discardFiles, restoreFiles } from '#web/services/attachments/attachment-acts.ts'
import { FinalDialog } from '#web/ui/final-dialog.tsx'
import { FloatingBar } from '#web/ui/floating-bar.tsx'

interface FileBulkBarProps {
  readonly files: readonly Attachment[]
  readonly isBin: boolean
  readonly onDone: () => void
}

/** Floats over the end of the room while something is chosen. */
export const FileBulkBar = ({ files, isBin, onDone }: FileBulkBarProps) => {
  const store = usePersonaStore()
  const [isAsking, setAsking] = useState(false)
  const act = (what: typeof deleteFiles) => () => {
    what(store, files)
    onDone()
  }
  return (
    <FloatingBar label="Selected files">
      <Group gap="xs" wrap="nowrap">
        <Text size="sm" fw={600} px="sm" role="status">
          {files.length.toLocaleString()} selected
        </Text>
        {isBin ? (
          <>
            <Button size="xs" variant="default" onClick={act(restoreFiles)}>
              Restore
            </Button>
            <Button size="xs" variant="light" color="red" onClick={() => setAsking(true)}>
              Remove for good…
            </Button>
          </>
        ) : (
          <Button size="xs" variant="light" color="red" onClick={act(deleteFiles)}>
            Delete
          </Button>
        )}
        <ActionIcon variant="subtle" color="gray" aria-label="Select nothing" onClick={onDone}>
          <X size={16} />
        </ActionIcon>
      </Group>
      {isAsking && (
        <FinalDialog
          title={files.length === 1 ? 'Remove this file for good?' : `Remove ${files.length} files for good?`}
          action="Remove for good"
          onDo={act(discardFiles)}
          onClose={() => setAsking(false)}
        >
          <Text size="sm">
            Their bytes go from every device and from the server, and cannot be brought back. That they were here, and
            what they were called, stays.
          </Text>
        </FinalDialog>
      )}
    </FloatingBar>
  )
}
