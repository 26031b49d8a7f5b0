import { useEffect, useState } from 'react'
import type { TableDiff } from '#schema/stores/state-diff.ts'
import type { World } from '#schema/stores/what-if.ts'
import type { Comparison } from '#web/services/history/compare.ts'
import type { StoreHistory } from '#web/services/history/history.ts'

interface Asked {
  readonly from: number
  readonly to: number
  readonly world: World | null
  readonly table: string | undefined
}

/** Rows of each table and change that come at once. */
export const pageRows = 50

/** Asks for a comparison whenever what is asked changes; `more` brings the next rows of each table. */
export const useComparison = (history: StoreHistory, asked: Asked) => {
  const key = JSON.stringify(asked)
  const [state, setState] = useState<{
    readonly key: string
    readonly found: Comparison | Error
    readonly pages: number
  }>()
  const [isLoading, setLoading] = useState(false)

  useEffect(() => {
    let isOver = false
    const { table, ...rest } = JSON.parse(key) as Asked // written two lines above
    const tables = table === undefined ? {} : { tables: [table] }
    history.call('compare', { ...rest, limit: pageRows, offset: 0, ...tables }).then(
      (found) => isOver || setState({ key, found, pages: 1 }),
      (error: unknown) =>
        isOver || setState({ key, found: error instanceof Error ? error : new Error(String(error)), pages: 1 }),
    )
    return () => {
      isOver = true
    }
  }, [history, key])

  const more = async () => {
    const { table, ...rest } = asked
    const tables = table === undefined ? {} : { tables: [table] }
    const pages = state?.pages ?? 0
    setLoading(true)
    const next = await history.call('compare', { ...rest, limit: pageRows, offset: pages * pageRows, ...tables })
    setLoading(false)
    setState((before) =>
      before?.key === key && !(before.found instanceof Error)
        ? { key, found: joined(before.found, next), pages: pages + 1 }
        : before,
    )
  }
  const found = state?.key === key ? state.found : undefined
  return { found, isLoading, more: () => void more() }
}

const joined = (before: Comparison, next: Comparison): Comparison => {
  const rowsOf = new Map(next.tables.map(({ table, rows }) => [table, rows]))
  const tables = before.tables.map(
    (diff): TableDiff => ({ ...diff, rows: [...diff.rows, ...(rowsOf.get(diff.table) ?? [])] }),
  )
  return { ...before, tables, labels: { ...before.labels, ...next.labels } }
}
