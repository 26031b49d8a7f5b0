import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useMemo, useState } from 'react'
import { searchEverywhere, useSearchHead } from '#web/services/search/search.ts'
import { makeAsker, type Outcome, type Question } from './asker.ts'

/** What everything says to a text, asked again when the index changed. The last outcome stays until the next is there. */
export const useOutcome = ({ typed, limit, order }: Question): Outcome | undefined => {
  const [settled] = useDebouncedValue(typed, pauseOfTyping)
  const head = useSearchHead()
  const [outcome, setOutcome] = useState<Outcome>()
  const asker = useMemo(
    () => makeAsker(({ typed, ...options }) => searchEverywhere(typed, { ...options, withCounts: true }), setOutcome),
    [],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the head moved
  useEffect(() => {
    if (settled === '') asker.forget()
    else asker.ask({ typed: settled, limit, order })
  }, [asker, settled, limit, order, head])
  return typed === '' ? undefined : outcome
}

/** In milliseconds: shorter than the pause between two words, longer than that between two letters of who types fast. */
const pauseOfTyping = 70
