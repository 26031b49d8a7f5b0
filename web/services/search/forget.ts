import { joinSearch } from './join-search.ts'
import { callIndex } from './shared-index.ts'

/** Takes what was erased out of the index, in whichever tab it is: the subjects of these ids, and what was said in them. */
export const forgetInSearch = (storeId: string, ids: readonly string[]): Promise<void> =>
  surely(() => callIndex('forgetSubjects', { storeId, ids }))

/** Takes a whole shard out: erased, or no longer on this device. */
export const forgetShardInSearch = (storeId: string): Promise<void> => surely(() => callIndex('forgetShard', storeId))

/** Where search cannot be started, its files go: nothing that was erased may stay because of that. */
const surely = async (forget: () => Promise<void>) => {
  joinSearch() // an erasure does not wait for the page to be idle
  try {
    await Promise.race([forget(), tooLong()])
  } catch {
    const folder = await navigator.storage.getDirectory()
    await folder.removeEntry('pjai-search', { recursive: true }).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error
    })
  }
}

const tooLong = () =>
  new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('The search index does not answer.')), patience)
  })

/** Milliseconds. The index is opened a few seconds after the page. */
const patience = 30_000
