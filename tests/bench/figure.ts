/** One number beside the same work without us, from the same run. This is what `--json` writes. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly unit: string
  /** What the value is compared with. */
  readonly baseline: string
  readonly baselineValue: number
  /** `value / baselineValue`; null when the baseline is nothing. */
  readonly ratio: number | null
  /** How many measurements the value stands for. */
  readonly n: number
}

/** A figure as people read it: with what we promised. */
export interface Measured {
  readonly figure: Figure
  /** `<= 50`, `>= 60`; undefined: reported, not promised. */
  readonly budget?: Budget
}

export interface Budget {
  readonly is: 'at most' | 'at least'
  readonly limit: number
}

export const atMost = (limit: number): Budget => ({ is: 'at most', limit })
export const atLeast = (limit: number): Budget => ({ is: 'at least', limit })

interface Samples {
  readonly name: string
  readonly unit: string
  readonly ours: readonly number[]
  readonly baseline: string
  readonly theirs: readonly number[]
  /** Of many measurements, which counts: 0.5 is the median, 0.95 what one in twenty exceeds, 1 the largest. */
  readonly quantile?: number
  readonly budget?: Budget
}

export const measured = ({ name, unit, ours, baseline, theirs, quantile = 0.5, budget }: Samples): Measured => {
  const value = quantileOf(ours, quantile)
  const baselineValue = quantileOf(theirs, quantile)
  const ratio = baselineValue === 0 ? null : round(value / baselineValue)
  const figure = {
    name,
    value: round(value),
    unit,
    baseline,
    baselineValue: round(baselineValue),
    ratio,
    n: ours.length,
  }
  return budget === undefined ? { figure } : { figure, budget }
}

export const median = (values: readonly number[]): number => quantileOf(values, 0.5)

const quantileOf = (values: readonly number[], quantile: number): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * quantile))] ?? Number.NaN
}

/** Three digits that count. */
const round = (value: number): number => Number(value.toPrecision(3))

/** `✓ switch warm  14 ms (at most 50)  × 1.2 of 12 ms: plain SQLite …  n 20` */
export const lineOf = ({ figure, budget }: Measured): string => {
  const { name, value, unit, baseline, baselineValue, ratio, n } = figure
  const promise = budget === undefined ? '' : ` (${budget.is} ${budget.limit})`
  const times = ratio === null ? '      ' : `× ${ratio}`
  return `${markOf(value, budget)} ${name.padEnd(44)} ${`${value} ${unit}${promise}`.padEnd(30)} ${times.padEnd(8)} of ${baselineValue} ${unit}: ${baseline}  n ${n}`
}

const markOf = (value: number, budget: Budget | undefined): string => {
  if (budget === undefined) return '·'
  return (budget.is === 'at most' ? value <= budget.limit : value >= budget.limit) ? '✓' : '✗'
}
