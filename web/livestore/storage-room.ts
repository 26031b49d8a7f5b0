import { Data } from 'effect'

/**
 * How much this device may still keep for us. LiveStore stops for good when a write fails for want of space, so we stop
 * writing before that: the reserve is what is never used up, in bytes.
 */
const reserve = 4_000_000

let room = Number.POSITIVE_INFINITY

const measure = async () => {
  const { quota, usage } = await navigator.storage.estimate()
  room = quota === undefined || usage === undefined ? Number.POSITIVE_INFINITY : quota - usage - reserve
}

void measure()
setInterval(() => void measure(), 10_000)

/** Refuses to write `bytes` when they would not fit, and remembers them when they do. */
export const refuseWithoutRoom = (bytes: number): StorageFull | undefined => {
  // A fact is kept three times over: in the log, in the state, and while they change.
  if (room < bytes * 3) {
    void measure()
    return new StorageFull()
  }
  room -= bytes * 3
  return undefined
}

export class StorageFull extends Data.TaggedError('StorageFull') {
  override readonly message =
    'This device has no room left for it, so nothing was written. What was saved is safe. Free some space, then do it again.'
}
