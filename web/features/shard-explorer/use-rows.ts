import { useCallback, useEffect, useRef, useState } from 'react'
import type { CellRow } from '#web/services/shards/explorer-protocol.ts'
import type { Narrowing, PageEnd } from '#web/services/shards/pages.ts'
import type { Opened } from './use-explorer.ts'

export interface FoundRows {
  readonly rows: readonly CellRow[]
  /** How many there are in all. */
  readonly count: number
  readonly end: PageEnd | null
  /** Of which table: what was found stays until something else is. */
  readonly table: string
}

/** The rows that a narrowing finds, page after page; as many as were there are read again when the store was copied anew. */
export const useRows = ({ ask, serial }: Opened, narrowing: Narrowing) => {
  const [found, setFound] = useState<FoundRows>()
  const [problem, setProblem] = useState<Error>()
  const loaded = useRef({ key: '', rows: 0 })
  const key = JSON.stringify(narrowing)

  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when the store was copied anew
  useEffect(() => {
    let isPast = false
    const narrowing = JSON.parse(key) as Narrowing // it was one
    const limit = loaded.current.key === key ? Math.max(pageRows, loaded.current.rows) : pageRows
    Promise.all([ask('count', { narrowing }), ask('page', { narrowing, after: null, limit })]).then(
      ([count, { rows, end }]) => {
        if (isPast) return
        loaded.current = { key, rows: rows.length }
        setProblem(undefined)
        setFound({ rows, count, end, table: narrowing.table })
      },
      (error: unknown) => {
        if (!isPast) setProblem(error instanceof Error ? error : new Error(String(error)))
      },
    )
    return () => {
      isPast = true
    }
  }, [ask, serial, key])

  const isReading = useRef(false)
  const readMore = useCallback(async () => {
    if (isReading.current || found === undefined || found.end === null || loaded.current.key !== key) return
    isReading.current = true
    const narrowing = JSON.parse(key) as Narrowing // it was one
    const page = await ask('page', { narrowing, after: found.end, limit: pageRows }).finally(() => {
      isReading.current = false
    })
    setFound((now) => {
      if (now !== found) return now // something else was found meanwhile
      const rows = [...found.rows, ...page.rows]
      loaded.current = { key, rows: rows.length }
      return { ...found, rows, end: page.end }
    })
  }, [ask, found, key])

  return { found, problem, readMore }
}

const pageRows = 200
