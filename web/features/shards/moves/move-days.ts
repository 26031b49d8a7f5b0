import type { MoveDay } from '#schema/placement/wire.ts'
import { asSeconds } from '#web/ui/amounts.ts'
import { type DayRange, daysOf } from '#web/ui/charts/calendar.ts'
import { counted } from '#web/ui/charts/numbers.ts'

const nothing = { moved: 0, tookMs: 0, fenceMs: 0, calledBack: 0, looks: 0, started: 0 }

/** Each day of the range, also those on which nothing was. */
export const everyDay = (range: DayRange, told: readonly MoveDay[]): readonly MoveDay[] => {
  const byDay = new Map(told.map((day) => [day.day, day]))
  return daysOf(range).map((day) => byDay.get(day) ?? { day, ...nothing })
}

/** Null of none. */
export const averageOf = (sum: number, count: number): number | null => (count === 0 ? null : sum / count)

export interface MoveFigures {
  readonly moved: number
  /** Milliseconds on average; null where nothing moved. */
  readonly took: number | null
  readonly fence: number | null
  readonly calledBack: number
  readonly looks: number
  /** Since the first day on which it ran. */
  readonly looksADay: number
  readonly started: number
}

export const figuresOf = (days: readonly MoveDay[]): MoveFigures => {
  const sum = (key: keyof typeof nothing) => days.reduce((total, day) => total + day[key], 0)
  const [moved, looks] = [sum('moved'), sum('looks')]
  const first = days.findIndex((day) => day.looks > 0)
  return {
    moved,
    took: averageOf(sum('tookMs'), moved),
    fence: averageOf(sum('fenceMs'), moved),
    calledBack: sum('calledBack'),
    looks,
    looksADay: first < 0 ? 0 : looks / (days.length - first),
    started: sum('started'),
  }
}

/** “A move took 3.2 s on average; rebalancing ran 24 times a day”. */
export const moveDaysFinding = ({ moved, took, looks, looksADay }: MoveFigures, rangeName: string): string => {
  const moves = took === null ? `Nothing moved in ${rangeName}` : wordsOf(moved, took)
  return `${moves}; rebalancing ${looks === 0 ? 'never ran' : `ran ${times(looksADay)} a day`}`
}

const wordsOf = (moved: number, took: number) =>
  moved === 1 ? `The one move took ${asSeconds(took)}` : `A move took ${asSeconds(took)} on average`

export const times = (count: number): string => {
  const rounded = count < 10 ? Math.round(count * 10) / 10 : Math.round(count)
  return rounded === 1 ? 'once' : counted(rounded, 'time')
}
