import { personaSchema } from '#schema/stores/persona-store.ts'
import { parseStoreId } from '#schema/stores/store-id.ts'
import { workspaceSchema } from '#schema/stores/workspace-store.ts'
import { makePastStore, type PastStore } from '#web/livestore/past-store.ts'
import type { AnyStore } from '#web/livestore/stores.ts'
import type { StoreHistory } from '#web/services/history/history.ts'
import type { EventSaid, ReplayProgress } from '#web/services/history/history-protocol.ts'
import { sharedHistory } from '#web/services/history/shared-history.ts'
import { numberAt } from './log-times.ts'

/** Where in a log to look: after an event, or at a time in milliseconds since 1970. */
export type Moment = { readonly n: number } | { readonly time: number }

/** What is known of a store's past while somebody looks at it. All of it comes one after the other. */
export interface PastSeen {
  readonly progress?: ReplayProgress
  readonly history?: StoreHistory
  /** The number of the event whose state the store has. */
  readonly shown?: number
  readonly event?: EventSaid | null
  readonly store?: AnyStore
  readonly failure?: string | undefined
}

export interface Past {
  readonly read: () => PastSeen
  /** The latest wins: what is asked meanwhile and overtaken is never shown. What is on screen stays until then. */
  readonly goTo: (moment: Moment) => void
  readonly close: () => void
}

/** Opens the history of a store, and a store to read for the state that is asked for. */
export const openPast = (storeId: string, onSeen: () => void): Past => {
  const closed = new AbortController()
  let seen: PastSeen = {}
  let wanted: Moment | undefined
  let past: AnyPastStore | undefined
  let isMoving = false

  const tell = (change: PastSeen) => {
    if (closed.signal.aborted) return
    seen = { ...seen, ...change }
    onSeen()
  }
  const fail = (error: unknown) => tell({ failure: error instanceof Error ? error.message : String(error) })
  const numberOf = ({ overview }: StoreHistory, moment: Moment) =>
    'n' in moment ? Math.min(moment.n, overview.head) : numberAt(overview, moment.time)

  const move = async () => {
    const { history } = seen
    if (history === undefined || isMoving) return
    isMoving = true
    try {
      const next = () => (wanted === undefined || closed.signal.aborted ? undefined : numberOf(history, wanted))
      for (let n = next(); n !== undefined && n !== seen.shown; n = next()) {
        const { file, event } = await history.call('stateFile', { n })
        if (closed.signal.aborted) return
        if (past === undefined) past = await openPastStore(storeId, file)
        else past.show(file)
        tell({ shown: n, event, store: past.store, failure: undefined })
      }
    } catch (error) {
      fail(error)
    } finally {
      isMoving = false
      if (closed.signal.aborted) void past?.close()
    }
  }

  sharedHistory(storeId, (progress) => tell({ progress }), closed.signal).then((history) => {
    if (closed.signal.aborted) return history.close()
    tell({ history })
    return move()
  }, fail)

  return {
    read: () => seen,
    goTo: (moment) => {
      wanted = moment
      void move()
    },
    close: () => {
      closed.abort()
      seen.history?.close()
      if (!isMoving) void past?.close()
    },
  }
}

type AnyPastStore = PastStore<typeof personaSchema> | PastStore<typeof workspaceSchema>

const openPastStore = (storeId: string, file: Uint8Array<ArrayBuffer>): Promise<AnyPastStore> => {
  const name = parseStoreId(storeId)
  if (name instanceof Error) throw name
  return name.kind === 'persona'
    ? makePastStore(personaSchema, storeId, file)
    : makePastStore(workspaceSchema, storeId, file)
}
