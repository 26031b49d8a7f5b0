import * as fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Entry } from '#proof/chain.ts'
import type { Anchor } from '#proof/checkpoint.ts'
import { type Evidence, noEvidence } from '#proof/claims.ts'
import { type Finding, findingSentence } from '#proof/findings.ts'
import type { SignedText } from '#proof/signed-text.ts'
import { verifyLog } from '#proof/verify.ts'
import { seeded } from '#tests/support/any-fact.ts'
import { anchorAt, checkpointAt, linked, logOf, newSigner, rechained, type Signer, start } from './logs.ts'

const length = 300
const log = logOf(length)
const other = logOf(length, { storeId: 'persona_boris', epoch: 1, logId: 'log-of-boris' })
let server: Signer
let device: Signer
let evidence: Evidence

beforeAll(async () => {
  server = await newSigner()
  device = await newSigner()
  const checkpoints = await Promise.all([64, 128, 192, 256, length].map((n) => checkpointAt(server, log[n - 1]!)))
  evidence = { ...noEvidence, checkpoints, serverKeys: [server.publicKey], deviceKeys: [device.publicKey] }
})

const verify = (entries: readonly Entry[], held: Partial<Evidence> = {}) =>
  verifyLog(entries, start, { ...evidence, ...held })

const kindsIn = (findings: readonly Finding[]) => [...new Set(findings.map(({ kind }) => kind))]

/** Any place in the log, many of them, the same on each run. */
const everywhere = (property: (n: number, m: number) => Promise<void>) =>
  fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: length }), fc.integer({ min: 1, max: length }), property), {
    ...seeded,
    numRuns: 200,
  })

const changedAt = (n: number, change: Partial<Entry>): readonly Entry[] =>
  log.map((entry) => (entry.n === n ? { ...entry, ...change } : entry))

/** The text with one character made another. */
const flipped = (text: string, place: number): string => {
  const at = place % text.length
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
}

test('[PF5] a log as it was accepted is intact and complete', async () => {
  const verification = await verify(log)
  expect(verification).toMatchObject({ isIntact: true, isComplete: true, findings: [], events: length })
  expect(verification).toMatchObject({ attestedUpTo: length, head: { seq: length, hash: log.at(-1)!.hash } })
  expect(verification.foundLater).toBe(Math.floor(length / 11))
  expect(await verify([], { checkpoints: [] })).toMatchObject({ isIntact: true, isComplete: true, findings: [] })
})

describe('[PF6] what was done to a log is found wherever it was done, and named with its place', () => {
  const fields = ['name', 'args', 'device', 'session'] as const

  test('[PF6] a flipped byte of an event', () =>
    everywhere(async (n, m) => {
      const field = fields[m % fields.length]!
      const { findings, isIntact } = await verify(changedAt(n, { [field]: flipped(log[n - 1]![field], m) }))
      expect(findings).toEqual([{ kind: 'changed', seq: n, what: 'event' }])
      expect(isIntact).toBe(false)
    }))

  test('[PF6] who sent it, when, after what, and when it was found', () =>
    everywhere(async (n, m) => {
      const { actor, acceptedAt, parent, foundAt } = log[n - 1]!
      const changes: Partial<Entry>[] = [
        { actor: actor === null ? 'somebody' : null },
        { actor: `${actor}s` },
        { acceptedAt: acceptedAt + 1 },
        { parent: parent + 1 },
        { foundAt: foundAt === null ? 1 : null },
      ]
      const { findings } = await verify(changedAt(n, changes[m % changes.length]!))
      expect(findings).toEqual([{ kind: 'changed', seq: n, what: 'event' }])
    }))

  test('[PF6] the hash beside an event', () =>
    everywhere(async (n, m) => {
      const { findings } = await verify(changedAt(n, { hash: flipped(log[n - 1]!.hash, m) }))
      expect(findings).toEqual([{ kind: 'changed', seq: n, what: 'hash' }])
    }))

  test('[PF6] its number', () =>
    everywhere(async (n, m) => {
      const { findings, isIntact } = await verify(changedAt(n, { n: n === m ? n + 1000 : m }))
      expect(isIntact).toBe(false)
      expect(
        findings.some(
          (finding) =>
            ('place' in finding
              ? finding.place
              : finding.kind !== 'rewritten' && 'seq' in finding
                ? finding.seq
                : 0) === n,
        ),
      ).toBe(true)
    }))

  test('[PF6] events dropped', () =>
    everywhere(async (n, m) => {
      const [first, last] = [Math.min(n, m), Math.min(Math.max(n, m), length - 1)]
      if (first > last) return // the end is another matter: truncation
      const { findings, isComplete } = await verify(log.filter((entry) => entry.n < first || entry.n > last))
      expect(findings).toEqual([{ kind: 'missing', seq: first, to: last }])
      expect(isComplete).toBe(false)
    }))

  test('[PF6] an event doubled', () =>
    everywhere(async (n, place) => {
      const { findings, isIntact } = await verify(log.toSpliced(place, 0, log[n - 1]!))
      expect(isIntact).toBe(false)
      // Right before its place it is the other one that comes too late.
      const isBefore = n > place + 1
      expect(findings[0]).toEqual(
        isBefore
          ? { kind: 'outOfPlace', seq: n, place: place + 1 }
          : { kind: 'doubled', seq: n, place: Math.max(n, place) + 1 },
      )
    }))

  test('[PF6] two events that changed places', () =>
    everywhere(async (n, m) => {
      if (n === m) return
      const [a, b] = [Math.min(n, m), Math.max(n, m)]
      const { findings, isIntact } = await verify(log.with(a - 1, log[b - 1]!).with(b - 1, log[a - 1]!))
      expect(isIntact).toBe(false)
      expect(kindsIn(findings)).toEqual(['outOfPlace'])
      expect(findings[0]).toEqual({ kind: 'outOfPlace', seq: b, place: a })
      expect(findings).toHaveLength(b - a === 1 ? 1 : 2)
    }))

  test('[PF6] an event of another store in its place', () =>
    everywhere(async (n, m) => {
      const { findings } = await verify(log.with(n - 1, other[m - 1]!))
      expect(findings[0]).toEqual({ kind: 'foreign', place: n, storeId: 'persona_boris', epoch: 1 })
      const relabelled = { ...other[n - 1]!, storeId: start.storeId }
      expect((await verify(log.with(n - 1, relabelled))).findings).toContainEqual({
        kind: 'changed',
        seq: n,
        what: 'event',
      })
    }))

  test('[PF6] an event of an epoch that was over', async () => {
    const moved = rechained(log.map((entry) => (entry.n > 100 ? { ...entry, epoch: 2 } : entry)))
    expect((await verify(moved, { checkpoints: [] })).isIntact).toBe(true)
    const back = rechained(moved.map((entry) => (entry.n > 200 ? { ...entry, epoch: 1 } : entry)))
    const { findings } = await verify(back, { checkpoints: [] })
    expect(findings[0]).toEqual({ kind: 'foreign', place: 201, storeId: 'persona_ada', epoch: 1 })
  })

  test('[PF6] a tail cut off', () =>
    everywhere(async (n) => {
      if (n === length) return
      const { findings, isIntact, isComplete } = await verify(log.slice(0, n))
      expect(findings[0]).toEqual({ kind: 'truncated', seq: n, to: length, by: 'checkpoint' })
      expect({ isIntact, isComplete }).toEqual({ isIntact: true, isComplete: false })
    }))

  test('[PF6] a prefix rewritten, the chain made anew', () =>
    everywhere(async (n, m) => {
      const rewritten = rechained(changedAt(n, { args: flipped(log[n - 1]!.args, m) }))
      const { findings, isIntact, isComplete } = await verify(rewritten)
      const attested = [0, 64, 128, 192, 256, length]
      const seq = attested.find((at) => at >= n)!
      const after = attested.findLast((at) => at < n)!
      expect(findings[0]).toEqual({ kind: 'rewritten', seq, after, by: 'checkpoint' })
      expect({ isIntact, isComplete }).toEqual({ isIntact: false, isComplete: false })
    }))

  test('[PF6] an event of a format that is not known', () =>
    everywhere(async (n) => {
      const { findings, isIntact } = await verify(changedAt(n, { format: 2 }))
      expect(findings).toContainEqual({ kind: 'unknownFormat', place: n, format: 2 })
      expect(isIntact).toBe(false)
    }))
})

describe('[PF7] whoever attests a log is known by his key', () => {
  const head = log.at(-1)!

  test('[PF7] a checkpoint by another key, or changed after it was signed', async () => {
    const stranger = await newSigner()
    const forged = await checkpointAt(stranger, head)
    expect((await verify(log, { checkpoints: [forged] })).findings).toEqual([
      { kind: 'wrongKey', seq: length, key: stranger.publicKey, by: 'checkpoint' },
      { kind: 'unattested', after: 0, seq: length },
    ])
    const good = await checkpointAt(server, head)
    const changed = { ...good, statement: good.statement.replace('"seq":300', '"seq":299') }
    const findings = (await verify(log, { checkpoints: [changed] })).findings
    expect(findings[0]).toEqual({ kind: 'badSignature', seq: 299, by: 'checkpoint' })
  })

  test('[PF7] every byte of a checkpoint counts', async () => {
    const good = await checkpointAt(server, head)
    const parts = ['statement', 'publicKey', 'signature'] as const
    await everywhere(async (n, m) => {
      const part = parts[n % parts.length]!
      // The last character of base64url carries bits that are not read.
      const bad: SignedText = { ...good, [part]: flipped(good[part], m % (good[part].length - 1)) }
      const { isComplete, findings } = await verify(log, { checkpoints: [bad] })
      expect(isComplete).toBe(false)
      expect(['badSignature', 'wrongKey']).toContain(findings[0]?.kind)
    })
  })

  test('[PF7] without a key to check it with, a checkpoint attests nothing, and that is said', async () => {
    const { findings, isIntact, isComplete } = await verify(log, { serverKeys: [] })
    expect(kindsIn(findings)).toEqual(['missingKey', 'unattested'])
    expect({ isIntact, isComplete }).toEqual({ isIntact: true, isComplete: false })
  })

  test('[PF7] an anchor counts if a known device signed what the server signed', async () => {
    const anchor = await anchorAt(device, await checkpointAt(server, head))
    const only = { checkpoints: [], anchors: [anchor] }
    expect(await verify(log, only)).toMatchObject({ isIntact: true, isComplete: true, findings: [] })
    expect((await verify(log.slice(0, 250), only)).findings[0]).toMatchObject({ kind: 'truncated', by: 'anchor' })

    const stranger = await newSigner()
    const bad: readonly (readonly [Anchor, Finding])[] = [
      [
        await anchorAt(stranger, anchor.checkpoint),
        { kind: 'wrongKey', seq: 300, key: stranger.publicKey, by: 'anchor' },
      ],
      [
        { ...anchor, deviceId: 'phone' },
        { kind: 'badSignature', seq: 300, by: 'anchor' },
      ],
      [
        await anchorAt(device, { ...anchor.checkpoint, signature: 'AAAA' }),
        { kind: 'badSignature', seq: 300, by: 'anchor' },
      ],
    ]
    for (const [forged, finding] of bad)
      expect((await verify(log, { checkpoints: [], anchors: [forged] })).findings[0]).toEqual(finding)
    const alien = await anchorAt(device, await checkpointAt(stranger, log[9]!))
    expect((await verify(log, { anchors: [alien] })).findings).toEqual([
      { kind: 'wrongKey', seq: 10, key: stranger.publicKey, by: 'anchor' },
    ])
  })

  test('[PF7] what attests another store, or is no checkpoint at all, is named', async () => {
    const foreign = await checkpointAt(server, other[0]!, { storeId: 'persona_boris', epoch: 1, logId: 'log-of-boris' })
    const prose = {
      statement: 'All is well.',
      publicKey: server.publicKey,
      signature: await server.sign('All is well.'),
    }
    expect((await verify(log, { checkpoints: [...evidence.checkpoints, foreign, prose] })).findings).toEqual([
      { kind: 'foreignClaim', storeId: 'persona_boris', by: 'checkpoint' },
      { kind: 'unreadableClaim', by: 'checkpoint' },
    ])
  })
})

test('[PF8] a device finds out a server that tells another history than it has seen', async () => {
  const seen = (n: number, hash = log[n - 1]!.hash) => [{ logId: start.logId, seq: n, hash }]
  const forked = rechained(
    log.slice(0, 100).concat(
      logOf(length)
        .slice(100)
        .map((entry) => ({ ...entry, actor: 'else' })),
    ),
  )
  const own = { checkpoints: [await checkpointAt(server, forked.at(-1)!)] }
  expect((await verify(forked, { ...own, seen: seen(100) })).findings).toEqual([])
  expect((await verify(forked, { ...own, seen: [...seen(100), ...seen(150)] })).findings).toEqual([
    { kind: 'rewritten', seq: 150, after: 100, by: 'memory' },
  ])
  expect((await verify(log.slice(0, 99), { checkpoints: [], seen: seen(100) })).findings[0]).toEqual({
    kind: 'truncated',
    seq: 99,
    to: 100,
    by: 'memory',
  })
})

test('[PF8] that a server signs what it rewrote does not narrow down where it did', async () => {
  const rewritten = rechained(changedAt(50, { device: 'else' }))
  const checkpoints = await Promise.all([128, 192, length].map((n) => checkpointAt(server, rewritten[n - 1]!)))
  const seen = [40, 200].map((n) => ({ logId: start.logId, seq: n, hash: log[n - 1]!.hash }))
  expect((await verify(rewritten, { checkpoints, seen })).findings).toEqual([
    { kind: 'rewritten', seq: 200, after: 40, by: 'memory' },
  ])
})

test('[PF8] it goes on from what it knows, and what it knows is compared', async () => {
  const from = (n: number) => ({ seq: n, hash: Uint8Array.from(Buffer.from(log[n - 1]!.hash, 'hex')) })
  for (const n of [1, 64, 299, 300])
    expect(await verifyLog(log.slice(n), start, evidence, from(n))).toMatchObject({
      isIntact: true,
      isComplete: true,
      findings: [],
    })
  const rewritten = rechained(changedAt(50, { device: 'else' }))
  const head = { ...evidence, checkpoints: [await checkpointAt(server, rewritten[99]!)] }
  expect((await verifyLog([], start, head, from(100))).findings).toEqual([
    { kind: 'rewritten', seq: 100, after: 0, by: 'checkpoint' },
  ])
  expect((await verifyLog(rewritten.slice(100), start, noEvidence, from(100))).findings[0]).toEqual({
    kind: 'changed',
    seq: 101,
    what: 'event',
  })
})

test('[PF9] a log that was begun anew is told from one that was rewritten', async () => {
  const anew = rechained(log, { ...start, logId: 'log-after-the-fire' })
  const { findings } = await verifyLog(anew, { ...start, logId: 'log-after-the-fire' }, evidence)
  expect(findings[0]).toEqual({ kind: 'begunAnew', logId: start.logId, seq: 64, by: 'checkpoint' })
})

test('[PF10] a clock that runs backwards is remarked, and breaks nothing', async () => {
  const back = rechained(changedAt(77, { acceptedAt: log[75]!.acceptedAt - 5000 }))
  const verification = await verify(back, { checkpoints: [await checkpointAt(server, back.at(-1)!)] })
  expect(verification).toMatchObject({ isIntact: true, isComplete: true })
  expect(verification.findings).toEqual([{ kind: 'clockBack', seq: 77, by: 5000 }])
})

test('[PF11] whatever it is given, it ends with a verdict, and every finding is a sentence', async () => {
  const wild = fc.record({
    format: fc.oneof(fc.constant(1), fc.double()),
    storeId: fc.oneof(fc.constant(start.storeId), fc.string()),
    epoch: fc.oneof(fc.constant(1), fc.double()),
    n: fc.oneof(fc.integer({ min: -3, max: 12 }), fc.double()),
    parent: fc.double(),
    name: fc.string({ unit: 'binary' }),
    args: fc.string({ unit: 'binary' }),
    device: fc.string(),
    session: fc.string(),
    actor: fc.option(fc.string()),
    acceptedAt: fc.double(),
    foundAt: fc.option(fc.double()),
    hash: fc.oneof(fc.string(), fc.constant('0'.repeat(64))),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(wild, { maxLength: 20 }), async (entries) => {
      const { findings, isIntact, isComplete } = await verify(entries)
      expect(isIntact && isComplete).toBe(false)
      for (const finding of findings) expect(findingSentence(finding)).toMatch(/\.$/)
    }),
    { ...seeded, numRuns: 300 },
  )
})

test('[PF11] a log upside down is named in bounded room', async () => {
  const { findings, unsaid, isIntact } = await verify(logOf(3000).toReversed(), { checkpoints: [] })
  expect(isIntact).toBe(false)
  expect(findings).toHaveLength(1000)
  expect(unsaid).toBeGreaterThan(1000)
})

test('[PF5] an entry that hangs on nothing known is not called intact', async () => {
  const gap = log
    .filter(({ n }) => n !== 10)
    .map((entry) => (entry.n === 11 ? linked(log[3], { ...entry, args: '{}' }) : entry))
  expect((await verify(gap)).isIntact).toBe(false)
})
