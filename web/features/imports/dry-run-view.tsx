import { Alert, Button, Group, Stack, Text, Title } from '@mantine/core'
import { CircleAlert, FileX } from 'lucide-react'
import { createPersona } from '#schema/personas/commands.ts'
import { type DirectoryEntry, directory$, directoryEntry$ } from '#schema/workspace/queries.ts'
import { stampNow } from '#web/livestore/session.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import type { PlannedTarget } from '#web/services/import-lookup.ts'
import {
  chooseName,
  chooseTarget,
  type DryRun,
  fileNameOf,
  resetImport,
  startImporting,
} from '#web/services/import-session.ts'
import { counted } from '#web/ui/charts/numbers.ts'
import { FilePicker } from './file-picker.tsx'
import { RemarksList } from './remarks-list.tsx'
import { TargetCard } from './target-card.tsx'
import { countsText, isNothing, newCounts } from './wording.ts'

interface DryRunViewProps {
  readonly dryRun: DryRun
  readonly refusal: string | null
  readonly onFiles: (files: readonly File[]) => void
}

/** What an import would bring, before anything is written. */
export const DryRunView = ({ dryRun, refusal, onFiles }: DryRunViewProps) => {
  const store = useWorkspaceStore()
  const personas = store.useQuery(directory$({ show: 'active', sort: 'name' }))
  const { files, outline, targets, continuesImportId } = dryRun
  const entries = targets.map(({ outline }) => store.query(directoryEntry$(outline.personaId)))
  const refusals = targets.map((target, place) => nameRefusal(target, entries[place] ?? null))
  const counts = newCounts(targets)
  const isHidden = entries.some((entry) => entry?.unlistedAt != null)
  const isDone = targets.length > 0 && isNothing(counts) && !isHidden && continuesImportId === null
  return (
    <Stack gap="md">
      <div>
        <Title order={2} size="lg" lh="lg" style={{ overflowWrap: 'anywhere' }}>
          {titleOf(dryRun)}
        </Title>
        {targets.length > 0 && (
          <Text size="sm" c="dimmed">
            Nothing is written yet. This is what {files.length === 1 ? 'this file' : 'these files'} would bring.
          </Text>
        )}
      </div>
      {refusal !== null && (
        <Alert color="red" variant="light" icon={<CircleAlert />} role="alert">
          {refusal}
        </Alert>
      )}
      {outline.refused.map(({ fileName, reason }) => (
        <Alert
          key={fileName}
          color="red"
          variant="light"
          icon={<FileX />}
          role="alert"
          style={{ overflowWrap: 'anywhere' }}
        >
          {reason}
        </Alert>
      ))}
      {continuesImportId !== null && (
        <Alert color="indigo" variant="light">
          This import was cut short. Going on brings what is missing.
        </Alert>
      )}
      {isDone && (
        <Alert color="gray" variant="light" role="status">
          All of it is here already. Importing it again adds nothing.
        </Alert>
      )}
      {targets.map((target, place) => (
        <TargetCard
          key={target.outline.personaId}
          target={target}
          entry={entries[place] ?? null}
          personas={personas}
          isRedirected={isRedirected(target, dryRun)}
          nameRefusal={refusals[place] ?? null}
          onName={(name) => chooseName(target.outline.personaId, name)}
          onTarget={(personaId) => chooseTarget(store, target, personaId)}
        />
      ))}
      <RemarksList
        title={`${counted(outline.rejected.length, 'entry', 'entries')} cannot come along`}
        remarks={outline.rejected}
        fileName="rejected.json"
      />
      <RemarksList
        title={`${counted(outline.notes.length, 'thing')} will be changed`}
        remarks={outline.notes}
        fileName="changed.json"
      />
      <Group>
        {targets.length > 0 && !isDone && (
          <Button disabled={refusals.some((it) => it !== null)} onClick={() => startImporting(store)}>
            {continuesImportId === null ? 'Import' : 'Go on:'} {countsText({ ...counts, personas: targets.length })}
          </Button>
        )}
        <FilePicker variant="default" onFiles={onFiles}>
          {targets.length === 0 ? 'Choose files' : 'Add files'}
        </FilePicker>
        <Button variant="subtle" color="gray" onClick={resetImport}>
          {isDone ? 'Close' : 'Cancel'}
        </Button>
      </Group>
    </Stack>
  )
}

const titleOf = ({ files, targets }: DryRun): string => {
  if (targets.length === 0) return 'Nothing here can be imported'
  return files.length > 2 ? counted(files.length, 'file') : fileNameOf(files)
}

const nameRefusal = ({ outline, name }: PlannedTarget, entry: DirectoryEntry | null): string | null => {
  if (entry !== null) return null
  const decision = createPersona(outline.personaId, { ...outline.draft, name }, stampNow())
  return decision instanceof Error ? decision.message : null
}

const isRedirected = ({ outline }: PlannedTarget, { files }: DryRun): boolean =>
  files.some(({ key, intoPersonaId }) => outline.fileKeys.includes(key) && intoPersonaId !== null)
