/** A piece of an axis of time, in milliseconds; `to` is no more in it. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** `by` times as long, around the time that stays in its place. */
export const zoomed = ({ from, to }: Span, by: number, around: number): Span => ({
  from: around - (around - from) * by,
  to: around + (to - around) * by,
})

export const moved = ({ from, to }: Span, by: number): Span => ({ from: from + by, to: to + by })

/** No shorter than `shortest`, no longer than `whole` and nowhere beside it. */
export const keptWithin = (span: Span, whole: Span, shortest: number): Span => {
  const longest = Math.max(shortest, whole.to - whole.from)
  const length = Math.min(longest, Math.max(shortest, span.to - span.from))
  const middle = (span.from + span.to) / 2
  const from = Math.max(whole.from, Math.min(whole.to - length, middle - length / 2))
  return { from, to: from + length }
}

/** The shortest that holds both. */
export const spanning = (one: Span, other: Span): Span => ({
  from: Math.min(one.from, other.from),
  to: Math.max(one.to, other.to),
})
