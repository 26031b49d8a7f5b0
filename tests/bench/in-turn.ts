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

/** What the one before left to be done later (LiveStore's leader takes a commit in after it returned) is over. */
const quiet = () => new Promise((resume) => setTimeout(resume, 30))
