import type { LogEvent } from '#schema/stores/replay.ts'

/** An event that is one thing here and another on the server. */
export interface UnlikeEvent {
  readonly seqNum: number
  /** Its name on this device; null where it is not. */
  readonly here: string | null
  readonly there: string
}

export interface LogComparison {
  /** How many events were held side by side. */
  readonly compared: number
  /** Of them, those that nobody can read any more. */
  readonly erased: number
  readonly unlike: readonly UnlikeEvent[]
}

/**
 * Holds events of the server, opened, against those of this device, as far as that has any. What was erased is still
 * readable here until this device has dropped it: that is no difference.
 */
export const compareLogs = (
  here: ReadonlyMap<number, LogEvent>,
  head: number,
  there: readonly LogEvent[],
): LogComparison => {
  const both = there.filter(({ seqNum }) => seqNum <= head)
  const isErased = ({ name }: LogEvent) => name === 'v1.Erased'
  const unlike = both.flatMap((event): UnlikeEvent[] => {
    const mine = here.get(event.seqNum)
    if (mine !== undefined && (isErased(event) || isSame(mine, event))) return []
    return [{ seqNum: event.seqNum, here: mine?.name ?? null, there: event.name }]
  })
  return { compared: both.length, erased: both.filter(isErased).length, unlike }
}

export const together = (a: LogComparison, b: LogComparison): LogComparison => ({
  compared: a.compared + b.compared,
  erased: a.erased + b.erased,
  unlike: [...a.unlike, ...b.unlike],
})

const isSame = (a: LogEvent, b: LogEvent) => a.name === b.name && canonical(a.args) === canonical(b.args)

/** The same text for the same values, in whatever order their keys were written. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
