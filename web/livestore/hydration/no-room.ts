import { Data } from 'effect'

/** Stores whose files did not fit here. LiveStore would begin with them, and fail half-way. */
const refused = new Map<string, NoRoom>()

export const noteNoRoom = (storeId: string, bytes: number) => refused.set(storeId, new NoRoom({ bytes }))

/** Given once: who opens the store after that tries again. */
export const takeNoRoom = (storeId: string): NoRoom | undefined => {
  const noRoom = refused.get(storeId)
  refused.delete(storeId)
  return noRoom
}

export class NoRoom extends Data.TaggedError('NoRoom')<{
  /** How many it takes. */
  readonly bytes: number
}> {
  override get message() {
    return `There is no room left on this device to open it: it takes ${Math.ceil(this.bytes / 1_000_000).toLocaleString()} MB.`
  }
}
