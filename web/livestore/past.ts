import { Data } from 'effect'

const pastStores = new WeakSet<object>()

/** What is written to it would be written nowhere. */
export const markAsPast = (store: object) => void pastStores.add(store)

export const isPast = (store: object): boolean => pastStores.has(store)

export class ThePastIsReadOnly extends Data.TaggedError('ThePastIsReadOnly') {
  override get message() {
    return 'You are looking at the past. Go back to now to change something.'
  }
}
