/**
 * Times by how long they took, in 64 buckets. Each is a quarter of a doubling: a quantile is told as the end of its bucket,
 * so it is at least the exact one and at most 19 % above it, as long as that is between 1 ms and 55 s.
 *
 *     0 ─┤ 0 ├─ 1 ─┤ 1 ├─ 1.19 ─┤ 2 ├─ 1.41 ─ … ─┤ 63 ├─ and more
 */
export interface Histogram {
  readonly sumMs: number
  /** By bucket; what is not there is none. */
  readonly counts: Readonly<Record<string, number>>
}

export const noTimes: Histogram = { sumMs: 0, counts: {} }

export const withTime = ({ sumMs, counts }: Histogram, ms: number): Histogram => {
  const bucket = bucketOf(ms)
  return { sumMs: sumMs + Math.max(0, ms), counts: { ...counts, [bucket]: (counts[bucket] ?? 0) + 1 } }
}

export const merged = (histograms: readonly Histogram[]): Histogram => {
  const counts: Record<string, number> = {}
  for (const histogram of histograms)
    for (const [bucket, count] of Object.entries(histogram.counts)) counts[bucket] = (counts[bucket] ?? 0) + count
  return { sumMs: histograms.reduce((sum, { sumMs }) => sum + sumMs, 0), counts }
}

export const countOf = ({ counts }: Histogram): number => Object.values(counts).reduce((sum, count) => sum + count, 0)

/** Null of none. */
export const averageMsOf = (histogram: Histogram): number | null => {
  const count = countOf(histogram)
  return count === 0 ? null : histogram.sumMs / count
}

/** `share` 0.95 is what 95 % did not take longer than; null of none. */
export const quantileMsOf = (histogram: Histogram, share: number): number | null => {
  let left = Math.ceil(countOf(histogram) * share)
  for (let bucket = 0; bucket < buckets; bucket++) {
    const count = histogram.counts[bucket] ?? 0
    if (count > 0 && count >= left) return endOf(bucket)
    left -= count
  }
  return null
}

const buckets = 64

const bucketOf = (ms: number): number => Math.min(buckets - 1, Math.max(0, Math.ceil(4 * Math.log2(Math.max(1, ms)))))

const endOf = (bucket: number): number => 2 ** (bucket / 4)
