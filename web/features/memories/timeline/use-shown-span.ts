import { useDebouncedCallback } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import type { SearchChange } from '#web/features/memories/use-memory-search.ts'
import { keptWithin, type Span } from '#web/ui/charts/time-span.ts'
import { day } from '#web/ui/charts/time-units.ts'
import { type DayCount, wholeSpan } from './density.ts'
import { spanToWhen, whenToSpan } from './timeline-address.ts'

const shortest = 7 * day

interface Moved {
  /** The address it moved away from. */
  readonly address: string | undefined
  readonly span: Span
}

/** What shows of all time. It follows the hand at once, and the address once the hand rests. */
export const useShownSpan = (
  days: readonly DayCount[],
  address: string | undefined,
  onChange: (change: SearchChange) => void,
) => {
  const [moved, setMoved] = useState<Moved | null>(null)
  const whole = useMemo(() => wholeSpan(days, shortest), [days])
  const span = useMemo(() => {
    const wanted = moved !== null && moved.address === address ? moved.span : whenToSpan(address)
    return keptWithin(wanted ?? whole, whole, shortest)
  }, [moved, address, whole])
  const write = useDebouncedCallback(
    (shown: Span) => onChange({ span: shown.to - shown.from >= whole.to - whole.from ? undefined : spanToWhen(shown) }),
    250, // browsers refuse an address that changes with every frame
  )
  const show = (wanted: Span) => {
    const shown = keptWithin(wanted, whole, shortest)
    setMoved({ address, span: shown })
    write(shown)
  }
  return { span, whole, show }
}
