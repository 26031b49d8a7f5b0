import { createStorePromise, makeShutdownDeferred, type Store, StoreInternalsSymbol } from '@livestore/livestore'
import { withReactApi } from '@livestore/react'
import { Cause, Data, Deferred, Effect } from 'effect'
import { unstable_batchedUpdates as batchUpdates } from 'react-dom'
import { statePath } from '#schema/stores/livestore-format.ts'
import type { StoreKind } from '#schema/stores/store-id.ts'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import { adapterFor, type HeadStart } from './adapter.ts'
import type { EngineStore } from './engine-store.ts'
import { fillFilePool, readRestingState, removeStateFiles, replaceEventlogFile, untilReleased } from './shard-files.ts'
import { freeLeaderLock } from './shard-lock.ts'
import { untilHeadAhead } from './sync-status.ts'

/**
 * A store on its way, in one of two orders:
 *
 *     it is new, or another page has it open     its worker, the leader, starts ──► what it tells ──► store
 *     nobody has it open                         state at rest ──► store, while its leader starts and looks for damage
 */
interface Begun {
  readonly store: Promise<EngineStore>
  /** Settled once the leader has started; rejects when it does not. */
  readonly led: Promise<Led>
  /** Ends it, without a word to whoever waits for its death. */
  readonly giveUp: () => Promise<void>
  /** Waits for the leader no longer. */
  readonly stop: () => void
}

export interface Opening extends Omit<Begun, 'store'> {
  readonly store: EngineStore
}

/** How much of the log the server had confirmed when it was open last, or what a crash left half made. */
type Led = { readonly confirmed: number; readonly damage?: undefined } | { readonly damage: Damage }
export type Damage = 'log’s head beyond its end' | 'state of another log' | 'state not readable'

/** Milliseconds; as long as the pool waits. */
const openTimeout = 30_000

/** What a page may begin with. Of a store that no page has open. */
export const restingStateOf = async (kind: StoreKind, storeId: string) => {
  if (typeof SharedWorker === 'undefined') return undefined // LiveStore for a single tab has no use for it
  const schema = kind === 'persona' ? (await personaStore()).personaSchema : workspaceSchema
  return readRestingState(storeId, statePath(schema))
}

/** Opens a store, mended first where the damage is known by then. */
export const openStore = async (
  kind: StoreKind,
  storeId: string,
  restingState: Uint8Array<ArrayBuffer> | undefined,
  onDeath: (cause: unknown) => void,
): Promise<Opening> => {
  const first = begin(kind, storeId, restingState, onDeath)
  const damage = restingState === undefined ? (await first.led).damage : await damageSeen(first.store)
  if (damage === undefined) return { ...first, store: await first.store }
  await first.giveUp()
  await mend(storeId, damage)
  const second = begin(kind, storeId, undefined, onDeath)
  if ((await second.led).damage === 'log’s head beyond its end') throw new LogBroken()
  return { ...second, store: await second.store }
}

/** Of a store that was given up. When its log cannot be mended, a person decides. */
export const mend = async (storeId: string, damage: Damage): Promise<void> => {
  if (damage === 'state of another log') await removeStateFiles(storeId)
  if (damage !== 'log’s head beyond its end') return
  const { withHeadSetBack } = await import('./eventlog.ts')
  if (!(await replaceEventlogFile(storeId, withHeadSetBack))) throw new LogBroken()
}

const begin = (
  kind: StoreKind,
  storeId: string,
  restingState: Uint8Array<ArrayBuffer> | undefined,
  onDeath: (cause: unknown) => void,
): Begun => {
  let made: EngineStore | undefined
  let isGivenUp = false
  const ended = new AbortController()
  const headAhead = untilHeadAhead(storeId)
  const late = Promise.withResolvers<never>()
  const end = () => {
    ended.abort()
    return freeLeaderLock(storeId)
  }
  // A boot that hangs is ended with its worker, or it would keep the files from whoever tries again.
  const timer = setTimeout(() => {
    void end()
    late.reject(new LeaderLate())
  }, openTimeout)
  const stop = () => {
    clearTimeout(timer)
    headAhead.stop()
  }
  const headStart = restingState && { state: restingState, untilWorkers: () => store.then(untilIdle) }
  const store = create(kind, storeId, headStart, ended.signal, (cause) => {
    stop()
    if (!isGivenUp) onDeath(cause)
  })
  const led = Promise.race([
    store.then((opened) => {
      made = opened
      return ledBy(opened)
    }),
    headAhead.told.then((): Led => ({ damage: 'log’s head beyond its end' })),
    late.promise,
  ]).finally(stop)
  led.catch(() => undefined) // whoever gave it up does not wait for it
  const giveUp = async () => {
    isGivenUp = true
    stop()
    // A leader that did not start never answers a farewell.
    if (made === undefined || headAhead.isTold()) await end()
    else await made.shutdownPromise().catch(() => undefined) // it shut down by itself
    await untilReleased(storeId)
  }
  return { store, led, giveUp, stop }
}

const create = async (
  kind: StoreKind,
  storeId: string,
  headStart: HeadStart | undefined,
  signal: AbortSignal,
  onShutdown: (cause: unknown) => void,
): Promise<EngineStore> => {
  await fillFilePool(storeId)
  const shutdownDeferred = await Effect.runPromise(makeShutdownDeferred)
  const options = {
    adapter: adapterFor(kind, headStart),
    storeId,
    batchUpdates,
    disableDevtools: true,
    confirmUnsavedChanges: false, // the journal keeps what the leader does not have yet
    shutdownDeferred,
    signal,
  }
  const opened =
    kind === 'persona'
      ? await createStorePromise({ ...options, schema: (await personaStore()).personaSchema })
      : await createStorePromise({ ...options, schema: workspaceSchema })
  void Effect.runPromiseExit(Deferred.await(shutdownDeferred)).then((exit) =>
    onShutdown(exit._tag === 'Failure' ? Cause.squash(exit.cause) : exit.value),
  )
  // Both kinds are stores of their own schema; the pool holds them side by side.
  return withReactApi(opened as unknown as Store)
}

/** The first page opens the workspace alone: the model of personas comes with the first of them. */
const personaStore = () => import('#schema/stores/persona-store.ts')

const damageSeen = (store: Promise<EngineStore>): Promise<Damage | undefined> =>
  store.then(
    (opened) => (hasItsTables(opened) ? undefined : 'state of another log'),
    () => 'state not readable',
  )

const ledBy = async (store: EngineStore): Promise<Led> => {
  const { leader } = await store._dev.syncStates()
  const isOfLog = hasItsTables(store) && stateHeadOf(store) <= leader.localHead.global
  return isOfLog ? { confirmed: leader.upstreamHead.global } : { damage: 'state of another log' }
}

/** LiveStore makes its own tables first and takes a state that has them for whole, also when ours were never made. */
const hasItsTables = (store: EngineStore) => {
  const rows = store.query<{ name: string }[]>({ query: 'select name from sqlite_master', bindValues: [] })
  const present = new Set(rows.map(({ name }) => name))
  return [...store.schema.state.sqlite.tables.keys()].every((table) => present.has(table))
}

/** The last event the state knows. A crash between LiveStore's two commits leaves it ahead of the log. */
const stateHeadOf = (store: EngineStore) =>
  store[StoreInternalsSymbol].clientSession.leaderThread.initialState.leaderHead.global

/** What is shown comes first. Resolves a second later at the latest. */
const untilIdle = () =>
  new Promise<void>((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: 1000 })
    else setTimeout(resolve, 100)
  })

class LogBroken extends Data.TaggedError('LogBroken') {
  override get message() {
    return 'The log on this device is broken.'
  }
}

class LeaderLate extends Data.TaggedError('LeaderLate') {
  override get message() {
    return 'The part of the page that keeps it did not start within 30 seconds.'
  }
}
