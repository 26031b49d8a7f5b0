import { get, put } from '#web/livestore/device-db.ts'
import type { WorkspaceStore } from '#web/livestore/engine-store.ts'
import { removeShardFiles, standingOf, untilReleased } from '#web/livestore/shard-files.ts'
import { whileClosed } from '#web/livestore/shard-lock.ts'
import { askWorker } from './ask-worker.ts'
import type { Due } from './due.ts'
import { evidenceOn } from './evidence.ts'
import type { Hydrated, HydrationCalls, NotHydrated } from './hydration-protocol.ts'
import { noteNoRoom } from './no-room.ts'
import { type Preparation, tellPreparation } from './preparations.ts'
import { turns } from './turns.ts'

/**
 * Makes the files of a store before LiveStore opens it:
 *
 *     server’s log, page by page ──► verified, opened, replayed ──► both databases ──► LiveStore opens as after a reload
 *
 * Whatever does not work out is left to LiveStore, from an empty folder; only where there is no room the store is not
 * opened, for LiveStore has none either. Pages that open the same store meanwhile wait; a store that a page has open is not
 * touched.
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

const tellWhyNot = (storeId: string, outcome: Hydrated | NotHydrated) => {
  if (!('reason' in outcome)) return
  if (outcome.noRoomFor !== undefined) noteNoRoom(storeId, outcome.noRoomFor)
  else if (outcome.reason !== null)
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

const withWorker = async <Call extends Due>(
  storeId: string,
  call: Call,
  asked: HydrationCalls[Call][0],
): Promise<Hydrated | NotHydrated> => {
  const left = new AbortController()
  const stop = () => left.abort('somebody did not want to wait')
  let preparation: Preparation = { due: call, done: 0, of: 0, isWaiting: false, stop }
  const tell = (news: Partial<Preparation>) => {
    preparation = { ...preparation, ...news }
    tellPreparation(storeId, preparation)
  }
  const outcome = await askWorker(call, asked, {
    onProgress: tell,
    signal: left.signal,
    joinTurns: (onTurn) =>
      turns.join(storeId, (isFirst) => {
        tell({ isWaiting: !isFirst })
        onTurn(isFirst)
      }),
  })
  tellPreparation(storeId, undefined)
  return outcome
}
