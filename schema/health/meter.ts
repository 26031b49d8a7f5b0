import { type Histogram, merged, noTimes, withTime } from './histogram.ts'

/**
 * What a store's object counts of the last hour, in slots of five minutes:
 *
 *     ├──5──┼──5──┼─ … ─┼──5──┤ now        the oldest goes as a new one begins
 */
export interface Meter {
  readonly slots: readonly Slot[]
  readonly lastError: LastError | null
}

interface Slot {
  readonly from: number
  readonly push: Histogram
  readonly pull: Histogram
  readonly errors: number
}

export interface LastError {
  readonly at: number
  readonly what: string
}

export interface Hour {
  readonly push: Histogram
  readonly pull: Histogram
  readonly errors: number
}

export const newMeter: Meter = { slots: [], lastError: null }

export const noted = (meter: Meter, what: 'push' | 'pull', ms: number, now: number): Meter =>
  inSlot(meter, now, (slot) => ({ ...slot, [what]: withTime(slot[what], ms) }))

export const failureNoted = (meter: Meter, what: string, now: number): Meter =>
  inSlot({ ...meter, lastError: { at: now, what: what.slice(0, 200) } }, now, (slot) => ({
    ...slot,
    errors: slot.errors + 1,
  }))

/** The hour before `now`, to five minutes. */
export const hourBefore = (meter: Meter, now: number): Hour => {
  const slots = meter.slots.filter(({ from }) => from > now - hour)
  return {
    push: merged(slots.map(({ push }) => push)),
    pull: merged(slots.map(({ pull }) => pull)),
    errors: slots.reduce((sum, { errors }) => sum + errors, 0),
  }
}

const inSlot = (meter: Meter, now: number, change: (slot: Slot) => Slot): Meter => {
  const from = now - (now % slotMs)
  const kept = meter.slots.filter((slot) => slot.from > now - hour && slot.from !== from)
  const current = meter.slots.find((slot) => slot.from === from) ?? { from, push: noTimes, pull: noTimes, errors: 0 }
  return { ...meter, slots: [...kept, change(current)] }
}

export const hour = 3_600_000
const slotMs = 300_000
