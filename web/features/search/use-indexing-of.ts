import { type Indexing, useIndexing } from '#web/services/search/search.ts'

/** Until the index has said how many personas there are to search, there are as many as the workspace lists. */
export const useIndexingOf = (personas: number): Indexing => {
  const indexing = useIndexing()
  return indexing.shards > 0 || personas === 0 ? indexing : { ...indexing, shards: personas, isBusy: true }
}
