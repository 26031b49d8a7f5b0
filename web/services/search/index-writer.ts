import type { SearchWriter } from '#schema/stores/search-writer.ts'
import { callIndex } from './shared-index.ts'

/** The writer of the index, in whichever tab it runs. */
export const indexWriter = {
  begin: (asked: Parameters<SearchWriter['begin']>[0]) => callIndex('begin', asked),
  compare: (asked: Parameters<SearchWriter['compare']>[0]) => callIndex('compare', asked),
  put: (asked: Parameters<SearchWriter['put']>[0]) => callIndex('put', asked),
  end: (asked: Parameters<SearchWriter['end']>[0]) => callIndex('end', asked),
}
