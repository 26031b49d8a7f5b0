/**
 * An act of many facts, committed in portions that fit between two frames:
 *
 *     the journal has all of it ──► a portion ──► the page draws ──► a portion ──► … ──► done
 *
 * 1. Portions come in the order of their facts, each once.
 * 2. Nothing of this page comes in between: whoever commits something else has the rest committed first.
 * 3. What is left when the page or the store dies is in the journal, and is committed when the store is opened next.
 */
const underWay = new WeakMap<object, () => void>()

/** Commits at once what is left of the act that is under way on this store, if one is. */
export const finishAct = (store: object) => underWay.get(store)?.()

/** `turn` resolves when the next one may be committed. Rejects with what a portion throws; the rest is left to the journal. */
export const commitInPortions = async (
  store: object,
  commits: readonly (() => void)[],
  turn: () => Promise<unknown>,
): Promise<void> => {
  finishAct(store)
  const left = [...commits]
  let broken: { readonly by: unknown } | undefined
  const commitNext = () => {
    try {
      left.shift()?.()
    } catch (error) {
      left.length = 0
      broken = { by: error }
      throw error
    }
  }
  const commitRest = () => {
    while (left.length > 0) commitNext()
  }
  underWay.set(store, commitRest)
  try {
    while (left.length > 0) {
      await turn()
      commitNext()
    }
  } finally {
    if (underWay.get(store) === commitRest) underWay.delete(store)
  }
  // Whoever came in between had it thrown at them.
  if (broken !== undefined) throw broken.by
}

interface Sized {
  readonly bytes: number
}

/** A fact larger than a portion is one by itself. */
export const portionsOf = <A extends Sized>(facts: readonly A[]): readonly (readonly A[])[] => {
  const portions: A[][] = []
  let room = 0
  for (const fact of facts) {
    const portion = portions.at(-1)
    room -= fact.bytes
    if (portion !== undefined && room >= 0 && portion.length < portionFacts) portion.push(fact)
    else {
      portions.push([fact])
      room = portionBytes - fact.bytes
    }
  }
  return portions
}

/** LiveStore takes half a millisecond for each. */
const portionFacts = 32
const portionBytes = 32_000
