import { useEffect, useState } from 'react'
import type { Look } from '#web/services/lifecycle/lifecycle.ts'

export interface Looked<Answer> {
  /** Of the look before, while the next is under way. */
  readonly answer?: Answer
  readonly failure?: string
  readonly isLooking: boolean
}

/** Looks anew whenever `start` is another function, a moment after it; what is under way is stopped. */
export const useLook = <Answer>(start: () => Look<Answer>): Looked<Answer> => {
  const [looked, setLooked] = useState<Looked<Answer>>({ isLooking: true })
  useEffect(() => {
    let look: Look<Answer> | undefined
    let isLeft = false
    const tell = (change: Looked<Answer>) => {
      if (!isLeft) setLooked((before) => ({ ...before, ...change }))
    }
    setLooked((before) => ({ ...before, isLooking: true }))
    const timer = setTimeout(() => {
      look = start()
      look.answer.then(
        (answer) => tell({ answer, isLooking: false }),
        (error: unknown) => tell({ failure: error instanceof Error ? error.message : String(error), isLooking: false }),
      )
    }, 150)
    return () => {
      isLeft = true
      clearTimeout(timer)
      look?.stop()
    }
  }, [start])
  return looked
}
