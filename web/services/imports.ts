import { broughtCountsQuery, type Proof } from '#schema/stores/import-check.ts'
import { withdrawEvents } from '#schema/stores/import-events.ts'
import { summaryCounts$ } from '#schema/stores/summary.ts'
import {
  finishImport,
  listPersona,
  relistPersona,
  startImport,
  unlistPersona,
  withdrawImport,
} from '#schema/workspace/commands.ts'
import type { ImportCounts } from '#schema/workspace/events.ts'
import { firstCell } from '#schema/workspace/placement.ts'
import { directoryEntry$, importById$ } from '#schema/workspace/queries.ts'
import { execute } from '#web/livestore/execute.ts'
import { session, stampNow } from '#web/livestore/session.ts'
import type { PersonaStore, WorkspaceStore } from '#web/livestore/stores.ts'
import { type PlannedTarget, prove, withPersona } from './import-lookup.ts'
import type { ImportReader } from './import-worker.ts'
import { roomIn } from './room-in.ts'
import { summarize } from './summaries.ts'

export interface ImportRun {
  readonly importId: string
  readonly format: string
  readonly fileName: string
  readonly targets: readonly PlannedTarget[]
  readonly rejected: number
  /** Of the files. */
  readonly bytes: number
  /** Goes on with an import that was cut short. */
  readonly isContinued: boolean
}

export interface PersonaProof extends Proof {
  readonly personaId: string
  readonly name: string
}

export interface ImportDone {
  /** What stands in the stores from this import, also from before it was cut short. */
  readonly counts: ImportCounts
  readonly proofs: readonly PersonaProof[]
}

/**
 * Brings the plan in:
 *
 *   start the import ─► for each persona: list it ─► its facts, one by one ─► prove what stands there ─► finish it
 *
 * A crash or a stop anywhere leaves an import that is started and not finished; the same file brings what is missing,
 * and undoing it takes away what came. One import at a time, over all tabs.
 */
export const runImport = (
  workspace: WorkspaceStore,
  reader: ImportReader,
  run: ImportRun,
  onRows: (rows: number) => void,
  signal: AbortSignal,
): Promise<ImportDone | ImportBusy | NotEnoughSpace> =>
  alone(async () => {
    const refusal = await refuseSpace(run.bytes)
    if (refusal !== undefined) return refusal
    if (!run.isContinued) begin(workspace, run)
    const proofs: PersonaProof[] = []
    let counts: ImportCounts = {
      personas: run.targets.length,
      conversations: 0,
      messages: 0,
      memories: 0,
      rejected: run.rejected,
    }
    for (const target of run.targets) {
      const { personaId } = target.outline
      showInLists(workspace, target)
      await withPersona(personaId, async (store) => {
        await bringIn(store, reader, run, target, onRows, signal)
        proofs.push({ personaId, name: target.name, ...(await prove(store, reader, target)) })
        counts = plus(counts, store.query(broughtCountsQuery(run.importId))[0])
        summarize(workspace, store, personaId)
      })
    }
    execute(workspace, finishImport(run.importId, counts, stampNow()))
    return { counts, proofs }
  })

const plus = (sum: ImportCounts, more: Omit<ImportCounts, 'personas' | 'rejected'> | undefined): ImportCounts => ({
  ...sum,
  conversations: sum.conversations + (more?.conversations ?? 0),
  messages: sum.messages + (more?.messages ?? 0),
  memories: sum.memories + (more?.memories ?? 0),
})

const begin = (workspace: WorkspaceStore, { importId, format, fileName, targets }: ImportRun) => {
  const personaIds = targets.map(({ outline }) => outline.personaId)
  const createdPersonaIds = personaIds.filter((personaId) => workspace.query(directoryEntry$(personaId)) === null)
  execute(workspace, startImport({ importId, format, fileName, personaIds, createdPersonaIds }, stampNow()))
}

const showInLists = (workspace: WorkspaceStore, { outline, name }: PlannedTarget) => {
  const { personaId, draft } = outline
  const entry = workspace.query(directoryEntry$(personaId))
  if (entry === null) execute(workspace, listPersona({ ...draft, personaId, name }, firstCell, stampNow()))
  else if (entry.unlistedAt !== null) execute(workspace, relistPersona(personaId, stampNow()))
}

const bringIn = async (
  store: PersonaStore,
  reader: ImportReader,
  { importId }: ImportRun,
  { outline, known, name }: PlannedTarget,
  onRows: (rows: number) => void,
  signal: AbortSignal,
) => {
  await reader.call('begin', { personaId: outline.personaId, importId, stamp: stampNow(), known, name })
  let next = reader.call('next', null)
  for (;;) {
    const fact = await next
    if (fact === null) return
    // The worker makes the next while this one is written.
    next = reader.call('next', null)
    await roomIn(store, signal)
    const refusal = execute(store, fact.fact)
    if (refusal !== undefined) throw refusal
    onRows(fact.rows)
  }
}

/** Takes back what an import brought, as one. What was written since stays, and with it the persona it stands in. */
export const undoImport = (workspace: WorkspaceStore, importId: string): Promise<undefined | ImportBusy> =>
  alone(async () => {
    const done = workspace.query(importById$(importId))
    if (done === null || done.withdrawnAt !== null) return undefined
    for (const personaId of done.personaIds) {
      const isCreated = done.createdPersonaIds.includes(personaId)
      await withPersona(personaId, async (store) => {
        execute(store, withdrawEvents(personaId, importId, stampNow()))
        if (workspace.query(directoryEntry$(personaId)) === null) return
        summarize(workspace, store, personaId)
        const { conversations, messages, memories } = store.query(summaryCounts$)
        if (!isCreated || conversations + messages + memories > 0) return
        execute(workspace, unlistPersona(workspace.query(directoryEntry$(personaId)), stampNow()))
      })
    }
    execute(workspace, withdrawImport(importId, stampNow()))
    return undefined
  })

/** One import in a workspace at a time, whichever tab it is in. */
const alone = <A>(act: () => Promise<A>): Promise<A | ImportBusy> =>
  navigator.locks.request(`pjai-import.${session.workspaceId}`, { ifAvailable: true }, (lock) =>
    lock === null ? Promise.resolve(new ImportBusy()) : act(),
  )

export class ImportBusy extends Error {
  readonly _tag = 'ImportBusy'
  override readonly message =
    'Another tab is importing into this workspace. Wait until it has finished, then try again.'
}

/** A fact stands in the log and in the state, twice while it is written. */
const bytesPerByte = 4

const refuseSpace = async (bytes: number) => {
  const { quota, usage = 0 } = await navigator.storage.estimate()
  const free = quota === undefined ? Number.POSITIVE_INFINITY : quota - usage
  return free < bytes * bytesPerByte ? new NotEnoughSpace(bytes * bytesPerByte - free) : undefined
}

export class NotEnoughSpace extends Error {
  readonly _tag = 'NotEnoughSpace'
  constructor(missing: number) {
    super(
      `About ${Math.ceil(missing / 1_000_000)} MB more are needed on this device. Nothing was imported; make room and try again.`,
    )
  }
}
