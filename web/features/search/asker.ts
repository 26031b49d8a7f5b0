import type { SearchOrder } from '#schema/stores/search-find.ts'
import type { SearchAnswer } from '#web/services/search/search.ts'

export interface Question {
  readonly typed: string
  readonly limit: number
  readonly order: SearchOrder
}

/** What came of a question: an answer, or why there is none. */
export type Outcome = { readonly question: Question } & (
  | { readonly answer: SearchAnswer }
  | { readonly reason: string }
)

/**
 * One question at a time, so that who types fast makes no queue: what is asked meanwhile waits, the latest alone, and an
 * answer to what is no longer asked is shown to nobody.
 */
export const makeAsker = (
  ask: (question: Question) => Promise<SearchAnswer>,
  show: (outcome: Outcome | undefined) => void,
) => {
  let latest: Question | undefined
  let waiting: Question | undefined
  let isBusy = false

  const next = async (): Promise<void> => {
    if (isBusy || waiting === undefined) return
    const question = waiting
    waiting = undefined
    isBusy = true
    const outcome = await ask(question).then(
      (answer) => ({ question, answer }),
      (error: unknown) => ({ question, reason: error instanceof Error ? error.message : String(error) }),
    )
    isBusy = false
    if (latest !== undefined && isSame(latest, question)) show(outcome)
    return next()
  }
  return {
    ask: (question: Question) => {
      latest = waiting = question
      void next()
    },
    /** Nothing is asked any more, and nothing shown. */
    forget: () => {
      latest = waiting = undefined
      show(undefined)
    },
  }
}

const isSame = (one: Question, other: Question) =>
  one.typed === other.typed && one.limit === other.limit && one.order === other.order
