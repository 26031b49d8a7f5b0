import { useCallback, useEffect, useState } from 'react'
import type { LogQuery } from '#schema/stores/log-search.ts'
import type { ReplayProgress } from '#web/services/history/history-protocol.ts'
import type { FoundEvents } from '#web/services/history/log-protocol.ts'
import { type LogReader, openLogReader, PatternTooSlow } from '#web/services/history/log-reader.ts'

/** What a reader found; its indices mean something to that reader only. */
export interface Finding {
  readonly reader: LogReader
  readonly query: LogQuery
  readonly found: FoundEvents
}

/**
 * The log of a store, opened for as long as this is shown, and what a query finds in it. What was found stays until
 * something else is. `reopen` takes in what came meanwhile.
 */
export const useLog = (storeId: string, query: LogQuery | Error) => {
  const [opening, setOpening] = useState(0)
  const [reader, setReader] = useState<LogReader>()
  const [finding, setFinding] = useState<Finding>()
  const [progress, setProgress] = useState<ReplayProgress | null>(null)
  const [problem, setProblem] = useState<Error>()
  const [slow, setSlow] = useState<{ readonly pattern: string; readonly refusal: PatternTooSlow }>()
  const reopen = useCallback(() => setOpening((opening) => opening + 1), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: opened anew for each `opening`
  useEffect(() => {
    let isGone = false
    let opened: LogReader | undefined
    openLogReader(storeId).then(
      (reader) => {
        opened = reader
        if (isGone) return reader.close()
        setProblem(undefined)
        setReader(reader)
      },
      (error: unknown) => {
        if (!isGone) setProblem(asError(error))
      },
    )
    return () => {
      isGone = true
      opened?.close()
    }
  }, [storeId, opening])

  const refusal = query instanceof Error ? query : query.pattern?.source === slow?.pattern ? slow?.refusal : undefined
  const isSearchable = refusal === undefined
  useEffect(() => {
    if (reader === undefined || query instanceof Error || !isSearchable) return
    let isPast = false
    const onProgress = (progress: ReplayProgress) => {
      if (!isPast) setProgress(progress)
    }
    reader.search(query, onProgress).then(
      (found) => {
        if (found instanceof PatternTooSlow) {
          setSlow({ pattern: query.pattern?.source ?? '', refusal: found })
          return reopen()
        }
        if (isPast || found === null) return
        setProgress(null)
        setFinding({ reader, query, found })
      },
      (error: unknown) => {
        if (!isPast) setProblem(asError(error))
      },
    )
    return () => {
      isPast = true
      setProgress(null)
    }
  }, [reader, query, isSearchable, reopen])

  return { reader, finding, progress, problem, refusal, reopen }
}

const asError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))
