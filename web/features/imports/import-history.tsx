import { Badge, Button, Group, Stack, Text, Title } from '@mantine/core'
import { imports$ } from '#schema/workspace/queries.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { undoImporting } from '#web/services/import-session.ts'
import { RelativeTime } from '#web/ui/times.tsx'
import { showDone, showRefusal } from '#web/ui/undo.tsx'
import { FilePicker } from './file-picker.tsx'
import classes from './imports.module.css'
import { countsText, formatName } from './wording.ts'

/** Every import of the workspace, and the way back from each. One that was cut short can be gone on with. */
export const ImportHistory = ({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) => {
  const store = useWorkspaceStore()
  const imports = store.useQuery(imports$)
  if (imports.length === 0) return null
  const undo = async (importId: string, fileName: string) => {
    if (!showRefusal(await undoImporting(store, importId))) showDone(`“${fileName}” was taken back`)
  }
  return (
    <Stack gap="sm" component="section" aria-label="Imports so far">
      <Title order={2} size="md" lh="md">
        Imports so far
      </Title>
      <ul className={classes.history}>
        {imports.map(({ importId, fileName, format, startedAt, counts, finishedAt, withdrawnAt }) => (
          <li key={importId}>
            <div style={{ minWidth: 0 }}>
              <Text size="sm" truncate c={withdrawnAt === null ? 'var(--mantine-color-text)' : 'dimmed'}>
                {fileName}
              </Text>
              <Text size="xs" c="dimmed">
                {formatName(format)}
                {counts !== null && `, ${countsText(counts)}`}, <RelativeTime at={startedAt} />
              </Text>
            </div>
            <Group gap="xs" wrap="nowrap" justify="end">
              {withdrawnAt !== null && (
                <Badge variant="light" color="gray" tt="none" fw={600}>
                  Undone
                </Badge>
              )}
              {withdrawnAt === null && finishedAt === null && (
                <>
                  <Badge variant="light" color="orange" tt="none" fw={600}>
                    Unfinished
                  </Badge>
                  <FilePicker
                    size="compact-sm"
                    variant="subtle"
                    title="Choose the same file again: only what is missing is added"
                    onFiles={onFiles}
                  >
                    Continue
                  </FilePicker>
                </>
              )}
              {withdrawnAt === null && (
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  aria-label={`Undo the import of ${fileName}`}
                  onClick={() => void undo(importId, fileName)}
                >
                  Undo
                </Button>
              )}
            </Group>
          </li>
        ))}
      </ul>
    </Stack>
  )
}
