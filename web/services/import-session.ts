import { useSyncExternalStore } from 'react'
import { isErased$ } from '#schema/shared/erasures.ts'
import { importToContinue$ } from '#schema/workspace/queries.ts'
import { newId, session } from '#web/livestore/session.ts'
import type { WorkspaceStore } from '#web/livestore/stores.ts'
import { knownOf, newRows, type PlannedTarget } from './import-lookup.ts'
import type { ChosenFile, PlanOutline } from './import-protocol.ts'
import { type ImportReader, startImportReader } from './import-worker.ts'
import { type ImportDone, runImport, undoImport } from './imports.ts'

/**
 * The import this tab is at. It outlives the view: going to another room and back shows how far it is.
 *
 *   choosing ─files─► reading ─► dryRun ─start─► running ─► ended ─reset─► choosing
 *                        │ cancel   │ more files,  │ stop      │ goes on, undone
 *                        ▼          ▼ other target ▼           ▼
 *                     choosing    reading        ended       running, undone
 */
export type ImportState =
  | { readonly step: 'choosing' }
  | { readonly step: 'reading'; readonly fileName: string; readonly part: number }
  | { readonly step: 'dryRun'; readonly dryRun: DryRun; readonly refusal: string | null }
  | { readonly step: 'running'; readonly dryRun: DryRun; readonly done: number; readonly total: number }
  | { readonly step: 'ended'; readonly dryRun: DryRun; readonly importId: string; readonly outcome: Outcome }

export interface DryRun {
  readonly files: readonly ChosenFile[]
  readonly outline: PlanOutline
  readonly targets: readonly PlannedTarget[]
  /** An import of the same file that was cut short. */
  readonly continuesImportId: string | null
}

export type Outcome =
  | { readonly is: 'done'; readonly done: ImportDone; readonly ms: number }
  | { readonly is: 'stopped'; readonly done: number; readonly total: number }
  | { readonly is: 'failed'; readonly message: string }
  | { readonly is: 'undoing' }
  | { readonly is: 'undone' }

let state: ImportState = { step: 'choosing' }
let reader: ImportReader | undefined
let stopping = new AbortController()
const listeners = new Set<() => void>()

const become = (next: ImportState) => {
  state = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useImportState = (): ImportState => useSyncExternalStore(subscribe, () => state)

/** Reads these files beside those chosen before, and shows what they would bring. */
export const chooseFiles = (workspace: WorkspaceStore, files: readonly File[]) => {
  if (state.step === 'running' || state.step === 'reading' || files.length === 0) return
  const before = state.step === 'dryRun' ? state.dryRun.files : []
  const chosen = [...before, ...files.map((file) => ({ key: keyOf(file), file, intoPersonaId: null }))]
  void read(workspace, [...new Map(chosen.map((it) => [it.key, it])).values()])
}

const keyOf = ({ name, size, lastModified }: File) => `${name} ${size} ${lastModified}`

/** Brings what a planned persona gets into another persona, or with null into the one its file names. */
export const chooseTarget = (workspace: WorkspaceStore, target: PlannedTarget, intoPersonaId: string | null) => {
  if (state.step !== 'dryRun') return
  const { fileKeys } = target.outline
  void read(
    workspace,
    state.dryRun.files.map((it) => (fileKeys.includes(it.key) ? { ...it, intoPersonaId } : it)),
  )
}

export const chooseName = (personaId: string, name: string) => {
  if (state.step !== 'dryRun') return
  const targets = state.dryRun.targets.map((it) => (it.outline.personaId === personaId ? { ...it, name } : it))
  become({ ...state, dryRun: { ...state.dryRun, targets } })
}

const read = async (workspace: WorkspaceStore, files: readonly ChosenFile[]) => {
  reader?.end()
  const mine = startImportReader((fileName, part) => {
    if (reader === mine) become({ step: 'reading', fileName, part })
  })
  reader = mine
  become({ step: 'reading', fileName: files[0]?.file.name ?? '', part: 0 })
  try {
    const outline = await mine.call('plan', { files, workspaceId: session.workspaceId, now: new Date() })
    const targets: PlannedTarget[] = []
    for (const persona of outline.personas) {
      if (workspace.query(isErased$(persona.personaId))) continue
      targets.push({ outline: persona, known: await knownOf(workspace, persona), name: persona.draft.name })
    }
    const continued = workspace.query(
      importToContinue$(
        fileNameOf(files),
        targets.map(({ outline }) => outline.personaId),
      ),
    )
    if (reader !== mine) return
    become({
      step: 'dryRun',
      dryRun: {
        files,
        outline: withErased(outline, new Set(targets.map(({ outline }) => outline.personaId))),
        targets,
        continuesImportId: continued?.importId ?? null,
      },
      refusal: null,
    })
  } catch (error) {
    if (reader !== mine) return
    const outline = {
      personas: [],
      rejected: [],
      notes: [],
      refused: [{ fileName: fileNameOf(files), reason: messageOf(error) }],
    }
    become({ step: 'dryRun', dryRun: { files, outline, targets: [], continuesImportId: null }, refusal: null })
  }
}

/** A persona that was erased for good does not come back by its file. */
const withErased = (outline: PlanOutline, comingIds: ReadonlySet<string>): PlanOutline => ({
  ...outline,
  personas: outline.personas.filter(({ personaId }) => comingIds.has(personaId)),
  rejected: [
    ...outline.rejected,
    ...outline.personas
      .filter(({ personaId }) => !comingIds.has(personaId))
      .map(({ draft }) => ({ where: draft.name, reason: 'This persona was erased for good.' })),
  ],
})

export const fileNameOf = (files: readonly ChosenFile[]): string =>
  files
    .map(({ file }) => file.name)
    .join(', ')
    .slice(0, 300)

/** Brings in what the dry run shows. */
export const startImporting = (workspace: WorkspaceStore) => {
  if (state.step === 'dryRun') void run(workspace, state.dryRun, state.dryRun.continuesImportId)
}

/** After a stop or a failure: what is missing comes now. */
export const continueImporting = (workspace: WorkspaceStore) => {
  if (state.step === 'ended') void run(workspace, state.dryRun, state.importId)
}

const run = async (workspace: WorkspaceStore, dryRun: DryRun, continuedId: string | null) => {
  if (reader === undefined) return
  const mine = reader
  const startedAt = performance.now()
  const importId = continuedId ?? newId()
  stopping = new AbortController()
  let [done, total] = [0, dryRun.targets.reduce((sum, target) => sum + newRows(target), 0)]
  const end = (outcome: Outcome) => become({ step: 'ended', dryRun, importId, outcome })
  become({ step: 'running', dryRun, done, total })
  try {
    // What came in since the dry run, from another device or before a stop, is not brought again.
    const targets: PlannedTarget[] = []
    for (const target of dryRun.targets) targets.push({ ...target, known: await knownOf(workspace, target.outline) })
    total = targets.reduce((sum, target) => sum + newRows(target), 0)
    const result = await runImport(
      workspace,
      mine,
      {
        importId,
        format: [...new Set(targets.flatMap(({ outline }) => outline.formats))].join(', '),
        fileName: fileNameOf(dryRun.files),
        targets,
        rejected: dryRun.outline.rejected.length,
        bytes: dryRun.files.reduce((sum, { file }) => sum + file.size, 0),
        isContinued: continuedId !== null,
      },
      (rows) => {
        done += rows
        become({ step: 'running', dryRun, done, total })
      },
      stopping.signal,
    )
    if (result instanceof Error) return become({ step: 'dryRun', dryRun, refusal: result.message })
    end({ is: 'done', done: result, ms: performance.now() - startedAt })
  } catch (error) {
    end(stopping.signal.aborted ? { is: 'stopped', done, total } : { is: 'failed', message: messageOf(error) })
  }
}

/** Stops after the fact that is being written. What came so far stays, and can be undone. */
export const stopImporting = () => stopping.abort()

/** Takes back an import; also the one just made. Returns why not, if so. */
export const undoImporting = async (workspace: WorkspaceStore, importId: string): Promise<Error | undefined> => {
  const before = state
  const isShown = before.step === 'ended' && before.importId === importId
  if (isShown) become({ ...before, outcome: { is: 'undoing' } })
  try {
    const refusal = await undoImport(workspace, importId)
    if (isShown) become(refusal === undefined ? { ...before, outcome: { is: 'undone' } } : before)
    return refusal
  } catch (error) {
    if (isShown) become(before)
    return new Error(`The import could not be undone: ${messageOf(error)} Try again; what it brought is still here.`)
  }
}

/** Back to the start: stops reading, forgets the plan. */
export const resetImport = () => {
  reader?.end()
  reader = undefined
  become({ step: 'choosing' })
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
