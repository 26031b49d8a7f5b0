import type { MoveDaysSaid } from '#schema/placement/wire.ts'
import { alertRules, alerts, cellHealths, healthSettings, storeHealths } from './health-calls.ts'
import { cells, moveDays, moves, placements, rebalance } from './placement-calls.ts'
import { makeWatch, type Watch } from './watch.ts'

/** What the room of shards looks at. All of it is asked while somebody looks, and by nobody else. */

const isBusy = (value: {
  readonly moves: readonly { readonly step: string }[]
  readonly waiting: readonly unknown[]
}) => value.waiting.length > 0 || value.moves.some(({ step }) => !restSteps.has(step))

const restSteps = new Set(['grace', 'cleaned', 'rolled back'])

export const movesWatch = makeWatch({
  load: async () => {
    const before = movesWatch.told().value
    const value = await moves()
    // What has arrived somewhere is seen there.
    if (!(value instanceof Error) && before !== undefined && isAnotherPlace(before.moves, value.moves)) askPlaces()
    return value
  },
  pause: (value) => (value !== undefined && isBusy(value) ? second : tenSeconds),
})

export const cellsWatch = makeWatch({ load: cells, pause: () => tenSeconds })
export const placementsWatch = makeWatch({ load: placements, pause: () => tenSeconds })
export const rebalanceWatch = makeWatch({
  load: rebalance,
  pause: (value) => (value !== undefined && value.underWay + value.waiting > 0 ? second : tenSeconds),
})

export const cellHealthWatch = makeWatch({ load: cellHealths, pause: () => tenSeconds })
export const storeHealthWatch = makeWatch({ load: storeHealths, pause: () => tenSeconds })
export const settingsWatch = makeWatch({ load: healthSettings, pause: () => minute })
export const rulesWatch = makeWatch({ load: alertRules, pause: () => minute })
export const alertsWatch = makeWatch({ load: alerts, pause: (value) => (value === undefined ? 5 * minute : minute) })

/** Of the days after this one. */
export const moveDaysWatch = (after: string): Watch<MoveDaysSaid> => {
  const watch = dayWatches.get(after) ?? makeWatch({ load: () => moveDays(after), pause: () => minute })
  dayWatches.set(after, watch)
  return watch
}

const dayWatches = new Map<string, Watch<MoveDaysSaid>>()

/** After an act that changes what stands where. */
export const askPlaces = (): void => void Promise.all([cellsWatch.ask(), placementsWatch.ask(), rebalanceWatch.ask()])

const isAnotherPlace = (before: readonly Stepped[], after: readonly Stepped[]) => {
  const stepBefore = new Map(before.map(({ moveId, step }) => [moveId, step]))
  return after.some(({ moveId, step }) => stepBefore.get(moveId) !== step && placeChanges.has(step))
}

interface Stepped {
  readonly moveId: string
  readonly step: string
}

const placeChanges = new Set(['handing over', 'settling', 'grace', 'cleaned', 'rolled back'])

const second = 1000
const tenSeconds = 10_000
const minute = 60_000
