import { useEffect, useState } from 'react'
import type { Look } from '#web/services/lifecycle/lifecycle.ts'

interface Looked<Answer> {
  /** Of the look before, while the next is under way. */
  readonly answer?: Answer
  readonly failure?: string
  readonly isLooking: boolean
}

interface Known<Answer> {
  /** Which look it was. */
  readonly start?: () => Look<Answer>
  readonly answer?: Answer
  readonly failure?: string
}

/** Looks anew whenever `start` is another function, a moment after it; what is under way is stopped. */
export const useLook = <Answer>(start: () => Look<Answer>): Looked<Answer> => {
  const [known, setKnown] = useState<Known<Answer>>({})
  useEffect(() => {
    let look: Look<Answer> | undefined
    let isLeft = false
    const tell = (change: Known<Answer>) => {
      if (!isLeft)
        setKnown(({ answer }) => (answer === undefined ? { start, ...change } : { answer, start, ...change }))
    }
    const timer = setTimeout(() => {
      look = start()
      look.answer.then(
        (answer) => tell({ answer }),
        (error: unknown) => tell({ failure: error instanceof Error ? error.message : String(error) }),
      )
    }, 150)
    return () => {
      isLeft = true
      clearTimeout(timer)
      look?.stop()
    }
  }, [start])
  const { start: looked, ...rest } = known
  return { ...rest, isLooking: looked !== start }
}
