import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { openBundle } from '#bundle/open-bundle.ts'
import { verifyBundle } from '#bundle/verify-bundle.ts'
import { writeBundle } from '#bundle/write-bundle.ts'
import { fileSource } from '#cli/file-source.ts'
import { canonicalBytes, type Entry, linkHash, startHash } from '#proof/chain.ts'
import { noEvidence } from '#proof/claims.ts'
import { verifyLog } from '#proof/verify.ts'
import { atLeast, measured } from '#tests/bench/figure.ts'
import { inTurn } from '#tests/bench/in-turn.ts'
import type { Lab } from '#tests/bench/lab.ts'
import { aboutOf, contentsOf, partsOf, server } from '#tests/bundle/bundles.ts'
import { checkpointAt, logOf, start } from '#tests/proof/logs.ts'

const count = 100_000
const times = 3

/** How many events of a log are verified in a second, and what chaining costs a push. */
export const verifyBench = async ({ scratch }: Lab) => {
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
  const path = join(scratch, 'log.persona')
  await writeFile(path, writeBundle(...(await contentsFor(log))))
  const reading = await inTurn(
    times,
    () => perSecond(() => verifyFile(path)),
    () => perSecond(() => hashFile(path)),
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
      name: `verify a bundle’s file of ${count} events`,
      unit: 'events/s',
      ...reading,
      baseline: 'bare SHA-256 of the file, by Node',
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

/** As a server signs it: a checkpoint at every 256th event, and at the last. */
const contentsFor = async (log: readonly Entry[]) => {
  const signed = log.filter(({ n }) => n % 256 === 0 || n === count)
  const checkpoints = await Promise.all(signed.map((entry) => checkpointAt(server, entry)))
  const parts = { ...(await partsOf(10)), events: log, checkpoints, anchors: [] }
  return [aboutOf(parts), contentsOf(parts)] as const
}

const verifyFile = async (path: string) => {
  const source = await fileSource(path)
  const { isIntact, isComplete, events } = await verifyBundle(source, await openBundle(source))
  if (!isIntact || !isComplete || events !== count) throw new Error('The bundle does not hold.')
}

const hashFile = async (path: string) => {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  hash.digest()
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
