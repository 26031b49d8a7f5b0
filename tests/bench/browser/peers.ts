import { type Measured, measured } from '#tests/bench/figure.ts'
import type { Lab } from '#tests/bench/lab.ts'
import { jobs } from '#tests/bench/peers/jobs.ts'
import { measurePeers, type PeerResults } from '#tests/bench/peers/measure-peers.ts'
import { others, pjai } from '#tests/bench/peers/peers.ts'

/** PJai beside each peer, job by job. */
export const peersBench = async (lab: Lab): Promise<readonly Measured[]> => {
  const results = await lab.shared(measurePeers)
  for (const { peer, why } of results.leftOut) console.log(`– ${peer} was left out, ${why}`)
  return resultsToMeasured(results)
}

export const resultsToMeasured = ({ all }: PeerResults): readonly Measured[] =>
  all
    .filter(({ peer }) => peer === pjai.page)
    .flatMap(({ job, size, samples }) =>
      others.flatMap(({ page, name }) => {
        const theirs = all.find((other) => other.peer === page && other.job === job && other.size === size)
        if (theirs === undefined) return []
        return measured({
          name: `${jobs[job].name}, ${size} rows`,
          unit: jobs[job].unit,
          ours: samples,
          baseline: name,
          theirs: theirs.samples,
        })
      }),
    )
