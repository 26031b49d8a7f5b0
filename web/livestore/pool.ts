/**
 * Which stores are open, and for how long.
 *
 *            open(id)                 retained by a view            idle for `idleMs`, or the oldest over `limit`
 *   closed ───────────► opening ───────────► open ───────────────────────────► closed
 *                          │ timeout, error    │ the engine died: closed, and opened again on demand;
 *                          ▼                   ▼ the second time within `calm`, or for good: failed
 *                        failed ◄─────────────┘             retry(id) ► opening
 *
 * Invariants: one opening at a time for an id; a retained store is never closed by the pool; at most `limit` stores are
 * open unless more are retained; the `warm` used last stay open however idle; what failed says so and stays so until
 * somebody asks again.
 */
export interface PoolOptions<S> {
  /** What a store needs before it opens. It takes as long as it takes, and ends by itself. */
  readonly prepare?: (storeId: string) => Promise<void>
  /** Opens a store. `onDeath` is called once if the engine shuts it down by itself. */
  readonly openStore: (storeId: string, onDeath: (cause: unknown) => void) => Promise<S>
  readonly closeStore: (store: S, storeId: string) => Promise<void>
  /** Whether opening again cannot help, so that a person has to decide. */
  readonly isFinal?: (cause: unknown) => boolean
  readonly now: () => number
  /** Milliseconds. */
  readonly openTimeout?: number
  readonly idleMs?: number
  readonly limit?: number
  readonly warm?: number
  readonly calm?: number
}

type Entry<S> = { lastUsedAt: number; retained: number; generation: number } & (
  | { state: 'opening'; opening: Promise<S> }
  | { state: 'open'; store: S; opening: Promise<S> }
  | { state: 'failed'; error: unknown; opening: Promise<S> }
)

export const makePool = <S>({
  prepare = async () => undefined,
  openStore,
  closeStore,
  isFinal = () => false,
  now,
  openTimeout = 30_000,
  idleMs = 5 * 60_000,
  limit = 10,
  warm = 2,
  calm = 60_000,
}: PoolOptions<S>) => {
  const entries = new Map<string, Entry<S>>()
  const closing = new Map<string, Promise<void>>()
  const listeners = new Set<() => void>()
  const deaths = new Map<string, number>()
  let generations = 0

  const notify = () => {
    for (const listener of listeners) listener()
  }

  const fail = (storeId: string, generation: number, error: unknown) => {
    const entry = entries.get(storeId)
    if (entry?.generation !== generation) return
    entries.set(storeId, { ...entry, state: 'failed', error })
    notify()
  }

  const die = (storeId: string, generation: number, cause: unknown) => {
    const entry = entries.get(storeId)
    if (entry?.generation !== generation) return
    const last = deaths.get(storeId)
    deaths.set(storeId, now())
    if (isFinal(cause) || (last !== undefined && now() - last < calm)) fail(storeId, generation, cause)
    else void close(storeId)
  }

  /** The store, open or opening. The same promise until it is closed, so that a view may suspend on it. */
  const open = (storeId: string): Promise<S> => {
    const known = entries.get(storeId)
    if (known !== undefined) {
      known.lastUsedAt = now()
      return known.opening
    }
    const generation = ++generations
    const opening = withTimeout(Promise.resolve(closing.get(storeId)), openTimeout)
      .then(() => prepare(storeId))
      .then(() =>
        withTimeout(
          openStore(storeId, (cause) => die(storeId, generation, cause)),
          openTimeout,
        ),
      )
    entries.set(storeId, { state: 'opening', opening, lastUsedAt: now(), retained: 0, generation })
    void opening.then(
      (store) => {
        const entry = entries.get(storeId)
        // React reads these of a promise: a view of an open store then renders at once, without suspending.
        void Object.assign(opening, { status: 'fulfilled', value: store })
        if (entry?.generation !== generation) void closeStore(store, storeId)
        else if (entry.state === 'opening') entries.set(storeId, { ...entry, state: 'open', store })
        trim()
        notify()
      },
      (error: unknown) => fail(storeId, generation, error),
    )
    notify()
    return opening
  }

  /** The store if it is open now. */
  const peek = (storeId: string): S | undefined => {
    const entry = entries.get(storeId)
    return entry?.state === 'open' ? entry.store : undefined
  }

  const errorOf = (storeId: string): unknown => {
    const entry = entries.get(storeId)
    return entry?.state === 'failed' ? entry.error : undefined
  }

  /** Keeps the store from being closed until the returned function is called. */
  const retain = (storeId: string) => {
    const generation = entries.get(storeId)?.generation
    const change = (by: 1 | -1) => {
      const entry = entries.get(storeId)
      if (entry === undefined || entry.generation !== generation) return
      entry.retained += by
      entry.lastUsedAt = now()
    }
    change(1)
    return () => {
      change(-1)
      trim()
    }
  }

  const close = async (storeId: string) => {
    const entry = entries.get(storeId)
    if (entry === undefined) return closing.get(storeId)
    entries.delete(storeId)
    const closed =
      entry.state === 'open'
        ? closeStore(entry.store, storeId).catch(() => {
            // A store that cannot close is dead already.
          })
        : Promise.resolve()
    closing.set(storeId, closed)
    notify()
    await closed
    if (closing.get(storeId) === closed) closing.delete(storeId)
  }

  const retry = (storeId: string) => {
    if (entries.get(storeId)?.state === 'failed') entries.delete(storeId)
    return open(storeId)
  }

  /** Closes what is idle, and the least recently used of what is too many. Called by a timer and after every use. */
  const trim = () => {
    const free = [...entries]
      .filter(([, entry]) => entry.state === 'open' && entry.retained === 0)
      .toSorted(([, a], [, b]) => b.lastUsedAt - a.lastUsedAt)
    const openCount = [...entries.values()].filter(({ state }) => state === 'open').length
    const tooMany = Math.max(0, openCount - limit)
    free.forEach(([storeId, { lastUsedAt }], rank) => {
      const isIdle = rank >= warm && now() - lastUsedAt >= idleMs
      if (isIdle || rank >= free.length - tooMany) void close(storeId)
    })
  }

  return {
    open,
    peek,
    errorOf,
    retain,
    close,
    retry,
    trim,
    /** Changes whenever the store was opened anew: what hangs on the old one must be built again. */
    generationOf: (storeId: string) => entries.get(storeId)?.generation ?? 0,
    openIds: () => [...entries].filter(([, { state }]) => state === 'open').map(([storeId]) => storeId),
    stateOf: (storeId: string) => entries.get(storeId)?.state ?? 'closed',
    subscribe: (listener: () => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

const withTimeout = <A>(promise: Promise<A>, ms: number): Promise<A> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new StoreOpenTimeout(ms)), ms)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })

/** A store whose worker cannot load never fails by itself. */
export class StoreOpenTimeout extends Error {
  readonly _tag = 'StoreOpenTimeout'
  constructor(ms: number) {
    super(`It did not open within ${Math.round(ms / 1000)} seconds.`)
  }
}
