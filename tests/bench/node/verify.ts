import { createHash } from 'node:crypto'
import { canonicalBytes, type Entry } from '#proof/chain.ts'
import { noEvidence } from '#proof/claims.ts'
import { verifyLog } from '#proof/verify.ts'
import { atLeast, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import { logOf, start } from '#tests/proof/logs.ts'

const count = 100_000
const times = 5

/** How many events of a log are verified in a second, beside a SHA-256 of Node's own over the same bytes. */
export const verifyBench = async () => {
  const log = logOf(count)
  const canonical = log.map((entry) => canonicalBytes(entry))
  const { ours, theirs } = await inTurn(
    times,
    () => perSecond(() => verifyAll(log)),
    () => perSecond(() => hashAll(canonical)),
  )
  const baseline = 'bare SHA-256 of the same bytes, chained, by Node'
  return [
    measured({
      name: `verify a log of ${count} events`,
      unit: 'events/s',
      ours,
      theirs,
      baseline,
      budget: atLeast(50_000),
    }),
  ]
}

const perSecond = async (work: () => Promise<void> | void) => {
  const startedAt = performance.now()
  await work()
  return (1000 * count) / (performance.now() - startedAt)
}

const verifyAll = async (log: readonly Entry[]) => {
  const { findings, events } = await verifyLog(log, start, noEvidence)
  if (events !== count || findings.some(({ kind }) => kind !== 'unattested')) throw new Error('The log does not hold.')
}

const hashAll = (canonical: readonly Uint8Array[]) => {
  let hash = Buffer.alloc(32)
  for (const bytes of canonical) hash = createHash('sha256').update(hash).update(bytes).digest()
}
