/** What was asked of a store on this device, the newest first, each once. */
export type PastQuestions = readonly string[]

export const pastQuestions = (storage: Pick<Storage, 'getItem'>, storeId: string): PastQuestions => {
  try {
    const read: unknown = JSON.parse(storage.getItem(keyOf(storeId)) ?? '[]')
    return Array.isArray(read) ? read.filter((one) => typeof one === 'string') : []
  } catch {
    return []
  }
}

export const noteQuestion = (
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  storeId: string,
  sql: string,
): PastQuestions => {
  const questions = [sql, ...pastQuestions(storage, storeId).filter((one) => one !== sql)].slice(0, kept)
  try {
    storage.setItem(keyOf(storeId), JSON.stringify(questions))
  } catch {
    // A device without room forgets what was asked; the answer is there all the same.
  }
  return questions
}

export const forgetQuestions = (storage: Pick<Storage, 'removeItem'>, storeId: string): PastQuestions => {
  storage.removeItem(keyOf(storeId))
  return []
}

/** From a place in the history to the one before (`1`) or after (`-1`) it; -1 is what is being written. */
export const placeInHistory = (place: number, by: 1 | -1, questions: PastQuestions): number =>
  Math.max(-1, Math.min(questions.length - 1, place + by))

/** Its last part is an id, so that erasing the persona takes the questions along. */
const keyOf = (storeId: string) => `pjai.questions.${storeId.split('_').at(-1)}`

const kept = 100
