import { useEffect, useMemo, useState } from 'react'
import type { LogRow } from '#web/services/history/log-protocol.ts'
import type { LogReader } from '#web/services/history/log-reader.ts'
import type { LogLine } from './log-lines.ts'

/** Lines that are read at once, and by how many the window moves: scrolling within it asks nothing. */
const windowSize = 150
const step = 50

export const windowStart = (first: number): number => Math.max(0, Math.floor((first - step) / step) * step)

/** What the lines from `start` on say, by their keys; what was read before stays until it is replaced. */
export const useLogRows = (
  reader: LogReader,
  lines: readonly LogLine[],
  start: number,
): ReadonlyMap<string, LogRow> => {
  const [read, setRead] = useState<{ readonly reader: LogReader; readonly rows: ReadonlyMap<string, LogRow> }>()
  const wanted = useMemo(
    () => lines.slice(start, start + windowSize).filter((line) => line.kind === 'row'),
    [lines, start],
  )
  useEffect(() => {
    let isPast = false
    void reader.rows(wanted.map(({ indices }) => indices)).then((rows) => {
      if (isPast) return
      setRead({
        reader,
        rows: new Map(
          wanted.flatMap(({ key }, place) => {
            const row = rows[place]
            return row === undefined ? [] : [[key, row] as const]
          }),
        ),
      })
    })
    return () => {
      isPast = true
    }
  }, [reader, wanted])
  return read?.reader === reader ? read.rows : none
}

const none: ReadonlyMap<string, LogRow> = new Map()
