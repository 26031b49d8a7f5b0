import { useCallback, useEffect, useRef, useState } from 'react'
import type { Cell } from '#web/services/shards/cells.ts'
import { QuestionStopped, QuestionTooSlow, withinTime } from '#web/services/shards/time-limit.ts'
import type { Opened } from './use-explorer.ts'

export interface FoundAnswer {
  readonly sql: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
  readonly hasMore: boolean
  /** Milliseconds. */
  readonly took: number
  readonly asOf: number
}

/**
 * What a question answers: asked when it is there, and again when the store was copied anew, unless it takes long. One that
 * does not come to an end is ended with its worker; `onEnded` starts the next.
 */
export const useAnswer = ({ ask, serial, asOf }: Opened, sql: string, onEnded: () => void) => {
  const [answer, setAnswer] = useState<FoundAnswer>()
  const [problem, setProblem] = useState<Error>()
  const [isAsking, setAsking] = useState(false)
  /** Of the copy whose worker was ended: nothing can be asked until there is another. */
  const [endedSerial, setEndedSerial] = useState<number>()
  const asked = useRef<AbortController>(undefined)
  const last = useRef<{ readonly sql: string; readonly serial: number; readonly took: number }>(undefined)
  const isBusy = isAsking || endedSerial === serial

  const limited = useCallback(
    <A>(call: Promise<A>) => {
      const stopper = new AbortController()
      asked.current = stopper
      return withinTime(call, stopper.signal, () => {
        setEndedSerial(serial)
        onEnded()
      })
    },
    [serial, onEnded],
  )

  const run = useCallback(
    async (sql: string) => {
      const begun = performance.now()
      setAsking(true)
      try {
        const found = await limited(ask('question', { sql }))
        const took = performance.now() - begun
        last.current = { sql, serial, took }
        setProblem(undefined)
        setAnswer({ sql, asOf, ...found, took })
      } catch (error) {
        // What was ended is not asked again by itself.
        const isEnd = error instanceof QuestionTooSlow || error instanceof QuestionStopped
        last.current = { sql, serial, took: isEnd ? Number.POSITIVE_INFINITY : 0 }
        setAnswer(undefined)
        setProblem(error instanceof Error ? error : new Error(String(error)))
      }
      setAsking(false)
    },
    [ask, asOf, serial, limited],
  )

  useEffect(() => {
    if (isBusy || sql.trim() === '') return
    const before = last.current
    if (before?.sql === sql && (before.serial === serial || before.took > quick)) return
    void run(sql)
  }, [sql, serial, isBusy, run])
  useEffect(() => () => asked.current?.abort(), [])

  const more = async () => {
    if (answer === undefined) return
    try {
      const page = await limited(ask('more', null))
      setAnswer((now) =>
        now === answer ? { ...answer, rows: [...answer.rows, ...page.rows], hasMore: page.hasMore } : now,
      )
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error(String(error)))
    }
  }
  return { answer, problem, isBusy, isAsking, run, more, limited, stop: () => asked.current?.abort() }
}

/** Milliseconds that a question may have taken to be asked again by itself. */
const quick = 500
