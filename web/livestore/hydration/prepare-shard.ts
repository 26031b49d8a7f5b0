import { anchorsOf$ } from '#schema/anchors/queries.ts'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { get, put } from '#web/livestore/device-db.ts'
import type { WorkspaceStore } from '#web/livestore/engine-store.ts'
import { removeShardFiles, standingOf, untilReleased } from '#web/livestore/shard-files.ts'
import { whileClosed } from '#web/livestore/shard-lock.ts'
import { rowToAnchor } from '#web/services/history/anchor-rows.ts'
import { callsTo } from '#web/services/worker-calls.ts'
import type { Due } from './due.ts'
import HydrationWorker from './hydration.worker.ts?worker'
import type { Hydrated, HydrationCalls, HydrationNotice, NotHydrated } from './hydration-protocol.ts'
import { tellPreparation } from './preparations.ts'

/**
 * Makes the files of a store before LiveStore opens it:
 *
 *     server’s log, page by page ──► verified, opened, replayed ──► both databases ──► LiveStore opens as after a reload
 *
 * Nothing here keeps a store from opening: whatever does not work out is left to LiveStore, from an empty folder. Pages
 * that open the same store meanwhile wait; a store that a page has open is not touched.
 */
export const prepareShard = (storeId: string, due: Due, openWorkspace: () => Promise<WorkspaceStore>): Promise<void> =>
  navigator.locks.request(`pjai-preparing-${storeId}`, async () => {
    const asked = due === 'hydrate' ? await evidenceOn(storeId, openWorkspace) : undefined
    await whileClosed(storeId, async () => {
      if (asked === undefined) return remakeState(storeId)
      if ((await standingOf(storeId)) === 'here') return // another page was faster
      await removeShardFiles(storeId) // of one that died
      const outcome = await withWorker(storeId, 'hydrate', asked)
      tellWhyNot(storeId, outcome)
      if ('reason' in outcome) return wipe(storeId)
      await noteVerified(storeId, outcome)
    })
  })

/** Of a store that no page has open: its state, from the log that is here. */
export const remakeState = async (storeId: string): Promise<void> =>
  tellWhyNot(storeId, await withWorker(storeId, 'remakeState', { storeId }))

/** What this device and others of this person saw of the log, which has to be in what the server gives. */
const evidenceOn = async (storeId: string, openWorkspace: () => Promise<WorkspaceStore>) => {
  const name = parseStoreId(storeId)
  const note = await get('histories', storeId)
  const isPersona = !(name instanceof Error) && name.kind === 'persona'
  const rows = isPersona ? (await openWorkspace()).query(anchorsOf$(name.id)) : []
  return { storeId, known: note?.verified, anchors: rows.map(rowToAnchor) }
}

const tellWhyNot = (storeId: string, outcome: Hydrated | NotHydrated) => {
  if ('reason' in outcome && outcome.reason !== null)
    console.warn(`${storeId} is left to LiveStore, which takes its log event by event: ${outcome.reason}`)
}

const wipe = async (storeId: string) => {
  await untilReleased(storeId)
  await removeShardFiles(storeId)
}

/** The look at this history that follows need not read all of it again. */
const noteVerified = async (storeId: string, { verified }: Hydrated) => {
  if (verified === undefined) return
  await navigator.locks.request(`pjai.history.${storeId}`, async () => {
    const note = await get('histories', storeId)
    if (note?.alert != null || (note?.verified?.seq ?? 0) >= verified.seq) return
    const now = new Date()
    const anchored = note?.anchored ?? { seq: 0, at: now }
    await put('histories', { storeId, verified, anchored, checkedAt: now, alert: null })
  })
}

/** Ends with the worker, when it falls silent, or when the person does not want to wait. */
const withWorker = <Call extends Due>(
  storeId: string,
  call: Call,
  asked: HydrationCalls[Call][0],
): Promise<Hydrated | NotHydrated> =>
  new Promise((resolve) => {
    const leave = (reason: string) => settle({ reason })
    let isOver = false // what the worker said before it ended may come later
    let silence: ReturnType<typeof setTimeout> | undefined
    const worker = callsTo<HydrationCalls, HydrationNotice>(
      new HydrationWorker(),
      'The part of the page that writes stores could not be loaded.',
      (progress) => tellProgress(progress),
    )
    const tellProgress = (progress: HydrationNotice) => {
      if (isOver) return
      clearTimeout(silence)
      silence = setTimeout(() => leave('it fell silent'), patience)
      tellPreparation(storeId, { due: call, ...progress, stop: () => leave('somebody did not want to wait') })
    }
    const settle = (outcome: Hydrated | NotHydrated) => {
      isOver = true
      clearTimeout(silence)
      worker.end()
      tellPreparation(storeId, undefined)
      resolve(outcome)
    }
    tellProgress({ done: 0, of: 0 })
    worker.call(call, asked).then(settle, (error: unknown) => leave(String(error)))
  })

/** Milliseconds; longer than it waits for a page. */
const patience = 30_000
