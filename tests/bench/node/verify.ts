import { createHash } from 'node:crypto'
import { canonicalBytes, type Entry, linkHash, startHash } from '#proof/chain.ts'
import { noEvidence } from '#proof/claims.ts'
import { verifyLog } from '#proof/verify.ts'
import { atLeast, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import { logOf, start } from '#tests/proof/logs.ts'

const count = 100_000
const times = 5

/** How many events of a log are verified in a second, and what chaining costs a push. */
export const verifyBench = async () => {
  const log = logOf(count)
  const canonical = log.map((entry) => canonicalBytes(entry))
  const verifying = await inTurn(
    times,
    () => perSecond(() => verifyAll(log)),
    () => perSecond(() => hashAll(canonical)),
  )
  const batch = log.slice(0, 100)
  const chaining = await inTurn(
    20,
    async () => elapsed(() => chain(batch)),
    async () => elapsed(() => chainByWebCrypto(batch)),
  )
  return [
    measured({
      name: `verify a log of ${count} events`,
      unit: 'events/s',
      ...verifying,
      baseline: 'bare SHA-256 of the same bytes, chained, by Node',
      budget: atLeast(50_000),
    }),
    measured({
      name: 'chain a push of 100 events',
      unit: 'ms',
      ...chaining,
      baseline: 'the same by WebCrypto, which waits for each',
    }),
  ]
}

const elapsed = async (work: () => Promise<void> | void) => {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

const perSecond = async (work: () => Promise<void> | void) => (1000 * count) / (await elapsed(work))

const verifyAll = async (log: readonly Entry[]) => {
  const { findings, events } = await verifyLog(log, start, noEvidence)
  if (events !== count || findings.some(({ kind }) => kind !== 'unattested')) throw new Error('The log does not hold.')
}

const hashAll = (canonical: readonly Uint8Array[]) => {
  let hash = Buffer.alloc(32)
  for (const bytes of canonical) hash = createHash('sha256').update(hash).update(bytes).digest()
}

const chain = (batch: readonly Entry[]) => {
  let hash = startHash(start)
  for (const entry of batch) hash = linkHash(hash, entry)
}

const chainByWebCrypto = async (batch: readonly Entry[]) => {
  let hash = startHash(start)
  for (const entry of batch) {
    const bytes = canonicalBytes(entry)
    const linked = new Uint8Array(hash.length + bytes.length)
    linked.set(hash)
    linked.set(bytes, hash.length)
    hash = new Uint8Array(await crypto.subtle.digest('SHA-256', linked))
  }
}
