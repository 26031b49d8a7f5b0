import { Stack } from '@mantine/core'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { chooseFiles, resetImport, stopImporting, useImportState } from '#web/services/import-session.ts'
import { wholeNumber } from '#web/ui/charts/numbers.ts'
import { ProgressView } from '#web/ui/progress-view.tsx'
import { ChoosingView } from './choosing-view.tsx'
import { DropArea } from './drop-area.tsx'
import { DryRunView } from './dry-run-view.tsx'
import { EndedView } from './ended-view.tsx'
import { ImportHistory } from './import-history.tsx'
import classes from './imports.module.css'

/** Detect, dry run, import, validate, keep or undo. */
export const ImportWizard = () => {
  const store = useWorkspaceStore()
  const state = useImportState()
  const onFiles = (files: readonly File[]) => {
    if (state.step === 'ended') resetImport()
    chooseFiles(store, files)
  }
  return (
    <DropArea onFiles={onFiles} disabled={state.step === 'reading' || state.step === 'running'}>
      <Stack gap="lg" className={classes.content}>
        {state.step === 'choosing' && <ChoosingView onFiles={onFiles} />}
        {state.step === 'reading' && (
          <ProgressView
            title={`Reading ${state.fileName}`}
            count={`${Math.round(state.part * 100)} %`}
            part={state.part}
            stop={{ label: 'Cancel', onClick: resetImport }}
          />
        )}
        {state.step === 'dryRun' && <DryRunView dryRun={state.dryRun} refusal={state.refusal} onFiles={onFiles} />}
        {state.step === 'running' && (
          <ProgressView
            title="Importing"
            count={`${wholeNumber(state.done)} of ${wholeNumber(state.total)}`}
            part={state.total === 0 ? 0 : state.done / state.total}
            stop={{ label: 'Stop', onClick: stopImporting }}
          />
        )}
        {state.step === 'ended' && (
          <EndedView dryRun={state.dryRun} importId={state.importId} outcome={state.outcome} />
        )}
        {(state.step === 'choosing' || state.step === 'ended') && <ImportHistory onFiles={onFiles} />}
      </Stack>
    </DropArea>
  )
}
