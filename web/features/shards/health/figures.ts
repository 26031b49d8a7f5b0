import type { Times } from '#schema/health/wire.ts'
import { wholeNumber } from '#web/ui/charts/numbers.ts'

/** `12 ms`, and nothing of no calls. */
export const msText = (ms: number | null): string =>
  ms === null
    ? '–'
    : `${ms < 10 ? ms.toLocaleString(undefined, { maximumFractionDigits: 1 }) : wholeNumber(Math.round(ms))} ms`

/** `p95 12 ms of 84, 4 ms on average`. */
export const timesText = ({ count, averageMs, p95Ms }: Times): string =>
  count === 0 ? 'none' : `p95 ${msText(p95Ms)}, ${msText(averageMs)} on average, ${wholeNumber(count)} in the hour`

export const percent = (part: number): string =>
  part.toLocaleString(undefined, { style: 'percent', maximumFractionDigits: 1 })

/** Of nothing that was heard or asked, nothing is known. */
export const uptimeText = (uptime: number | null): string => (uptime === null ? 'not known' : percent(uptime))
