import { useCallback, useEffect, useRef, useState } from 'react'
import { useSyncStatus } from '#web/livestore/sync-status.ts'
import { type Explorer, type Holding, openExplorer } from '#web/services/shards/explorer.ts'
import type { Which } from '#web/services/shards/store-copy.ts'

/** A copy of a database, and how often it was copied: whatever was read of another is of the past. */
export interface Opened extends Holding {
  readonly ask: Explorer['ask']
  readonly serial: number
}

/**
 * A database of a store, opened for as long as this is shown, and copied anew a moment after the store changed. `reopen`
 * begins again with a new worker, whatever the old one does.
 */
export const useExplorer = (storeId: string, which: Which) => {
  const [opening, setOpening] = useState(0)
  const [opened, setOpened] = useState<Opened>()
  const [problem, setProblem] = useState<Error>()
  const explorer = useRef<Explorer>(undefined)
  const took = useRef(0)
  const reopen = useCallback(() => setOpening((opening) => opening + 1), [])

  const copy = useCallback(async (from: Explorer) => {
    const begun = performance.now()
    const holding = await from.copyAnew()
    took.current = performance.now() - begun
    if (explorer.current !== from) return
    setProblem(undefined)
    setOpened((before) => ({ ...holding, ask: from.ask, serial: (before?.serial ?? 0) + 1 }))
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: opened anew for each `opening`
  useEffect(() => {
    let isGone = false
    const fail = (error: unknown) => {
      if (!isGone) setProblem(error instanceof Error ? error : new Error(String(error)))
    }
    openExplorer(storeId, which)
      .then((made) => {
        if (isGone) return made.close()
        explorer.current = made
        return copy(made)
      })
      .catch(fail)
    return () => {
      isGone = true
      explorer.current?.close()
      explorer.current = undefined
    }
  }, [storeId, which, opening, copy])

  const status = useSyncStatus(storeId)
  const asOf = opened?.asOf
  const head = status === undefined ? undefined : status.events - status.unsaved
  // The log says of each event whether the server has it.
  const change = which === 'log' ? `${head} ${status?.waiting}` : head
  const copied = useRef<typeof change>(undefined)
  useEffect(() => {
    const from = explorer.current
    if (asOf === undefined || from === undefined) return
    copied.current ??= which === 'log' ? change : asOf
    if (copied.current === change) return
    // A large store is copied less often than a small one.
    const timer = setTimeout(
      () => {
        copied.current = change
        copy(from).catch(reopen) // a store that closed meanwhile is opened again
      },
      Math.max(quiet, took.current * 4),
    )
    return () => clearTimeout(timer)
  }, [change, asOf, which, copy, reopen])

  return { opened, problem, status, reopen }
}

/** Milliseconds without a change before a store is copied again. */
const quiet = 500
