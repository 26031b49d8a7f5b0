import { Alert, Button, Code, Group, Paper, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CircleAlert, CircleCheck, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import type { PlannedTarget } from '#web/services/import-lookup.ts'
import {
  continueImporting,
  type DryRun,
  fileNameOf,
  type Outcome,
  resetImport,
  undoImporting,
} from '#web/services/import-session.ts'
import type { ImportDone } from '#web/services/imports.ts'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import { showRefusal } from '#web/ui/undo.tsx'
import { RemarksList } from './remarks-list.tsx'
import { countsText } from './wording.ts'

interface EndedViewProps {
  readonly dryRun: DryRun
  readonly importId: string
  readonly outcome: Outcome
}

/** How an import ended, whether what came is what the file has, and the way back. */
export const EndedView = ({ dryRun, importId, outcome }: EndedViewProps) => {
  const store = useWorkspaceStore()
  const undo = (
    <Button
      variant="default"
      leftSection={<Undo2 size={16} aria-hidden />}
      loading={outcome.is === 'undoing'}
      onClick={() => void undoImporting(store, importId).then(showRefusal)}
    >
      Undo import
    </Button>
  )
  const close = (
    <Button variant="subtle" color="gray" onClick={resetImport}>
      {outcome.is === 'done' || outcome.is === 'undone' ? 'Import more' : 'Leave it'}
    </Button>
  )
  const goOn = <Button onClick={() => continueImporting(store)}>Go on</Button>
  switch (outcome.is) {
    case 'done':
      return (
        <Ended
          title={`Imported ${countsText(outcome.done.counts)}`}
          note={`${fileNameOf(dryRun.files)}, in ${seconds(outcome.ms)}`}
          actions={
            <>
              <Personas targets={dryRun.targets} />
              {undo}
              {close}
            </>
          }
        >
          <Proofs done={outcome.done} />
          <RemarksList
            title={`${wholeNumber(dryRun.outline.rejected.length)} could not come along`}
            remarks={dryRun.outline.rejected}
            fileName="rejected.json"
          />
        </Ended>
      )
    case 'stopped':
      return (
        <Ended
          title={`Stopped at ${wholeNumber(outcome.done)} of ${wholeNumber(outcome.total)}`}
          note="What came so far is safe. Go on to bring the rest, or undo to take it back."
          actions={
            <>
              {goOn}
              {undo}
              {close}
            </>
          }
        />
      )
    case 'failed':
      return (
        <Ended
          title="The import broke off"
          note="What came so far is safe."
          actions={
            <>
              {goOn}
              {undo}
              {close}
            </>
          }
        >
          <Alert color="red" variant="light" icon={<CircleAlert />} role="alert">
            {outcome.message}
          </Alert>
        </Ended>
      )
    case 'undoing':
      return <Ended title="Taking it back…" note={fileNameOf(dryRun.files)} actions={undo} />
    case 'undone':
      return (
        <Ended
          title="The import was undone"
          note="All it brought is gone again. What you wrote yourself since then stayed."
          actions={close}
        />
      )
  }
}

interface EndedProps {
  readonly title: string
  readonly note: string
  readonly actions: ReactNode
  readonly children?: ReactNode
}

const Ended = ({ title, note, actions, children }: EndedProps) => (
  <Stack gap="md" role="status">
    <div>
      <Title order={2} size="lg" lh="lg">
        {title}
      </Title>
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {note}
      </Text>
    </div>
    {children}
    <Group>{actions}</Group>
  </Stack>
)

const Proofs = ({ done }: { readonly done: ImportDone }) => {
  const differences = done.proofs.flatMap(({ name, differences }) =>
    differences.map(({ where, reason }) => ({ where: `${name} › ${where}`, reason })),
  )
  if (differences.length > 0)
    return (
      <>
        <Alert color="red" variant="light" icon={<CircleAlert />} role="alert">
          Not all of it arrived as it stands in the file. Undo the import and try again.
        </Alert>
        <RemarksList title="What differs" remarks={differences} fileName="differences.json" />
      </>
    )
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        {done.proofs.map(({ personaId, name, rows, found }) => (
          <Group key={personaId} wrap="nowrap" gap="sm">
            <CircleCheck size={16} color="var(--mantine-color-teal-7)" aria-hidden style={{ flex: 'none' }} />
            <Text size="sm">
              {name}: {rows === 1 ? 'one entry reads' : `all ${wholeNumber(rows)} entries read`} as in the file{' '}
              <Code title={`SHA-256 over ids and texts: ${found}`}>{found.slice(0, 8)}</Code>
            </Text>
          </Group>
        ))}
      </Stack>
    </Paper>
  )
}

const Personas = ({ targets }: { readonly targets: readonly PlannedTarget[] }) =>
  targets.slice(0, 3).map(({ outline: { personaId, messageIds }, name }) => (
    <Button
      key={personaId}
      renderRoot={(props) => (
        <Link
          to={messageIds.length > 0 ? '/p/$personaId/chats' : '/p/$personaId/memories'}
          params={{ personaId }}
          {...props}
        />
      )}
    >
      Open {name}
    </Button>
  ))

const seconds = (ms: number) => (ms < 1000 ? 'less than a second' : `${wholeNumber(Math.round(ms / 1000))} s`)
