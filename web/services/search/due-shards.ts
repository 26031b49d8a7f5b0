/** A shard as the workspace knows it. */
export interface DueShard {
  readonly storeId: string
  readonly personaId: string
  /** The highest number of an event that any device told of. */
  readonly head: number
}

/** Which shards the index lacks something of, in the order given, and which it has that are searched no more. */
export const dueShards = (
  searched: readonly DueShard[],
  cursors: ReadonlyMap<string, number>,
  isSeenTo: (shard: DueShard) => boolean,
): { readonly due: readonly DueShard[]; readonly gone: readonly string[] } => {
  const storeIds = new Set(searched.map(({ storeId }) => storeId))
  return {
    due: searched.filter((shard) => {
      const cursor = cursors.get(shard.storeId)
      const isWhole = cursor !== undefined && cursor >= Math.max(0, shard.head)
      return !isWhole && !isSeenTo(shard)
    }),
    gone: [...cursors.keys()].filter((storeId) => !storeIds.has(storeId)),
  }
}
