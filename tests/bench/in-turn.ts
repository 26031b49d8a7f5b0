/** Milliseconds a piece of work takes, until it returns. */
export const timed = async (work: () => unknown): Promise<number> => {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}

export interface Pair {
  readonly ours: readonly number[]
  readonly theirs: readonly number[]
}

/** Ours and the baseline in turn, so that whatever else the machine does slows both. Each first time only warms up. */
export const inTurn = async (
  times: number,
  ours: (round: number) => Promise<number>,
  theirs: (round: number) => Promise<number>,
): Promise<Pair> => {
  const pair = { ours: [] as number[], theirs: [] as number[] }
  for (let round = 0; round <= times; round++) {
    await quiet()
    const one = await ours(round)
    await quiet()
    const other = await theirs(round)
    if (round === 0) continue
    pair.ours.push(one)
    pair.theirs.push(other)
  }
  return pair
}

interface Works<Key> {
  readonly times: number
  /** Milliseconds: who has taken more is not asked again. */
  readonly allowance: number
  readonly works: ReadonlyMap<Key, (round: number) => Promise<number>>
  /** Who throws is told of, and left out. */
  readonly onError: (key: Key, error: unknown) => void
}

/** Any number of works in turn. The first time only warms up, but for those who were too slow for a second. */
export const allInTurn = async <Key>({ times, allowance, works, onError }: Works<Key>) => {
  const samples = new Map([...works.keys()].map((key) => [key, [] as number[]]))
  const spent = new Map<Key, number>()
  for (let round = 0; round <= times; round++)
    for (const [key, work] of works) {
      const before = spent.get(key) ?? 0
      if (before > allowance || !samples.has(key)) continue
      await quiet()
      const startedAt = performance.now()
      try {
        samples.get(key)?.push(await work(round))
      } catch (error) {
        samples.delete(key)
        onError(key, error)
      }
      spent.set(key, before + performance.now() - startedAt)
    }
  return new Map([...samples].map(([key, all]) => [key, all.length > 1 ? all.slice(1) : all]))
}

/** What the one before left to be done later (LiveStore's leader takes a commit in after it returned) is over. */
const quiet = () => new Promise((resume) => setTimeout(resume, 30))
