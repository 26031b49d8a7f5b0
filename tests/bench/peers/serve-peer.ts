// Runs in the page of every peer: the jobs, timed where they run.
import type { ListedRow, OpenPeer, PeerStore } from './peer.ts'
import { firstOnTop, rowsFrom, searchedWord, wordOf } from './rows.ts'

export const servePeer = (openPeer: OpenPeer) => {
  let opened: PeerStore | undefined
  let onTop = 0
  const store = () => {
    if (opened === undefined) throw new Error('The peer is not open.')
    return opened
  }
  const nextOnTop = (count: number) => {
    const rows = rowsFrom(firstOnTop + onTop, count)
    onTop += count
    return rows
  }

  globalThis.peer = {
    open: async (alreadyOnTop) => {
      onTop = alreadyOnTop
      const startedAt = performance.now()
      opened = await openPeer()
      await opened.top()
      return performance.now() - startedAt
    },

    fill: async (first, count) => {
      const rows = rowsFrom(first, count)
      const startedAt = performance.now()
      await (store().fill ?? store().add)(rows)
      await store().untilAcknowledged?.()
      return performance.now() - startedAt
    },

    add: async (count) => {
      const rows = nextOnTop(count)
      const spent = await timed(() => store().add(rows))
      await store().untilAcknowledged?.() // or it would slow whoever comes next
      return spent
    },

    acknowledged: async (count) => {
      const rows = nextOnTop(count)
      return timed(async () => {
        await store().add(rows)
        await store().untilAcknowledged?.()
      })
    },

    addWatched: async (count) => {
      const { add, watchTop } = store()
      const rows = nextOnTop(count)
      const last = rows.at(-1)?.memoryId
      const first = Promise.withResolvers<void>()
      const answered = Promise.withResolvers<number>()
      const unwatch = await watchTop(([top]) => {
        first.resolve()
        if (top?.memoryId === last) answered.resolve(performance.now())
      })
      await first.promise
      const startedAt = performance.now()
      await add(rows)
      const durableAt = performance.now()
      const answeredAt = await answered.promise
      unwatch()
      await store().untilAcknowledged?.()
      return { answered: answeredAt - startedAt, both: Math.max(durableAt, answeredAt) - startedAt }
    },

    top: () => timed(store().top),
    search: (round) => timed(() => store().search(wordOf(100 + round))),

    answers: async () => ({
      top: (await store().top()).map(({ memoryId }) => memoryId),
      found: (await store().search(searchedWord)).length,
      onTop,
    }),
  }
}

const timed = async (work: () => Promise<unknown>) => {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** For peers without live queries: who asks again after each write has one. */
export const watchByAsking = (top: () => Promise<readonly ListedRow[]>) => {
  const listeners = new Set<(rows: readonly ListedRow[]) => void>()
  const tell = async () => {
    if (listeners.size === 0) return
    const rows = await top()
    for (const listener of listeners) listener(rows)
  }
  return {
    tell,
    watchTop: async (onAnswer: (rows: readonly ListedRow[]) => void) => {
      listeners.add(onAnswer)
      onAnswer(await top())
      return () => void listeners.delete(onAnswer)
    },
  }
}

/** Milliseconds, unless it says otherwise. */
export interface PeerCalls {
  /** To the first answer; tells how many rows that went on top are there. */
  readonly open: (alreadyOnTop: number) => Promise<number>
  readonly fill: (first: number, count: number) => Promise<number>
  /** Rows that go on top, durable. */
  readonly add: (count: number) => Promise<number>
  /** The same, until the thread that owns the files has them. */
  readonly acknowledged: (count: number) => Promise<number>
  /** The same while the fifty most important are watched: to the new answer, and to that and durability. */
  readonly addWatched: (count: number) => Promise<{ readonly answered: number; readonly both: number }>
  readonly top: () => Promise<number>
  readonly search: (round: number) => Promise<number>
  readonly answers: () => Promise<{ readonly top: readonly string[]; readonly found: number; readonly onTop: number }>
}

declare global {
  var peer: PeerCalls
}
