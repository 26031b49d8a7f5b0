// @vitest-environment node
import { expect, test } from 'vitest'
import type { Entry } from '#proof/chain.ts'
import type { LogPage } from '#proof/log-page.ts'
import type { Witness } from '#sealing/share-link.ts'
import { anchorAt, checkpointAt, logOf, newSigner, rechained, type Signer, start } from '#tests/proof/logs.ts'
import { auditReport } from '#web/services/audit/audit-report.ts'
import { countsOf, dayOf, filteredEntries } from '#web/services/audit/filter-audit.ts'
import { verifyAudit } from '#web/services/audit/verify-audit.ts'

/** A server that gives a log in pages of fifty, and keeps a checkpoint of every hundred events. */
const serving = async (entries: readonly Entry[], signer: Signer, kept: readonly Entry[] = entries) => {
  const checkpoints = await Promise.all(
    kept.filter(({ n }) => n % 100 === 0).map(async (entry) => [entry.n, await checkpointAt(signer, entry)] as const),
  )
  const newest = entries.at(-1)
  return async (after: number): Promise<LogPage> => {
    const page = entries.filter(({ n }) => n > after).slice(0, 50)
    const last = page.at(-1)?.n ?? after
    const within = checkpoints.filter(([n]) => n > after && n <= last && n !== newest?.n).map(([, signed]) => signed)
    return {
      start,
      after: { seq: after, hash: null },
      entries: page,
      more: last < (newest?.n ?? 0),
      checkpoints: newest === undefined ? [] : [...within, await checkpointAt(signer, newest)],
    }
  }
}

const noWitness: Witness = { serverKey: null, anchors: [] }

const audited = async (
  read: (after: number) => Promise<LogPage | Error>,
  { publicKey: toldKey }: Signer,
  { witness = noWitness, seen = null }: { witness?: Witness; seen?: Parameters<typeof verifyAudit>[0]['seen'] } = {},
) => {
  const told: (readonly [done: number, of: number])[] = []
  const onProgress = (done: number, of: number) => void told.push([done, of])
  const verified = await verifyAudit({ read, toldKey, witness, seen, onProgress })
  if (verified instanceof Error) throw verified
  return { ...verified, told }
}

test('[AU7] a log is verified page by page without a key, and says how far it is', async () => {
  const [server, device] = [await newSigner(), await newSigner()]
  const log = logOf(330)
  const anchor = await anchorAt(device, await checkpointAt(server, log[249]!))
  const witness = { serverKey: server.publicKey, anchors: [anchor] }
  const verified = await audited(await serving(log, server), server, { witness })
  expect(verified).toMatchObject({ isIntact: true, isComplete: true, events: 330, findings: [], head: { seq: 330 } })
  expect(verified.checkpoints).toHaveLength(4)
  expect(verified.told).toEqual([50, 100, 150, 200, 250, 300, 330].map((done) => [done, 330]))
  expect(await audited(await serving([], server), server)).toMatchObject({ isIntact: true, events: 0, findings: [] })
})

test('[AU7] what the server changed, cut off, rewrote or signed otherwise is found and named', async () => {
  const [server, device, other] = [await newSigner(), await newSigner(), await newSigner()]
  const log = logOf(330)
  const anchor = await anchorAt(device, await checkpointAt(server, log[299]!))
  const witness = { serverKey: server.publicKey, anchors: [anchor] }
  const found = async (
    entries: readonly Entry[],
    options: Parameters<typeof audited>[2] = { witness },
    kept = entries,
  ) => audited(await serving(entries, server, kept), server, options)

  const changed = log.map((entry) => (entry.n === 120 ? { ...entry, device: 'elsewhere' } : entry))
  expect(await found(changed)).toMatchObject({ isIntact: false, findings: [{ kind: 'changed', seq: 120 }] })
  const rewritten = rechained(changed)
  expect((await found(rewritten)).findings).toContainEqual({ kind: 'rewritten', seq: 300, after: 0, by: 'anchor' })
  expect((await found(log.slice(0, 280))).findings).toContainEqual({
    kind: 'truncated',
    seq: 280,
    to: 300,
    by: 'anchor',
  })
  // Without the owner's witness, by what the server signed itself before it rewrote.
  expect(await found(rewritten, {}, log)).toMatchObject({
    isIntact: false,
    findings: [{ kind: 'rewritten', seq: 200, after: 100, by: 'checkpoint' }],
  })
  const seen = { logId: start.logId, seq: 310, hash: log[309]!.hash }
  expect((await found(rewritten, { seen })).findings).toContainEqual(expect.objectContaining({ by: 'memory' }))
  const vouched = { witness: { serverKey: other.publicKey, anchors: [] } }
  expect((await found(log, vouched)).findings[0]).toMatchObject({ kind: 'wrongKey' })
})

test('[AU7] a server that refuses a page, or throws, ends it with the reason', async () => {
  const server = await newSigner()
  const read = await serving(logOf(120), server)
  const asked = { toldKey: server.publicKey, witness: noWitness, seen: null, onProgress: () => undefined }
  const refusal = new Error('This share was revoked.')
  const refusing = async (after: number) => (after < 50 ? read(after) : refusal)
  expect(await verifyAudit({ ...asked, read: refusing })).toBe(refusal)
  const throwing = () => Promise.reject(refusal)
  expect(await verifyAudit({ ...asked, read: throwing })).toBe(refusal)
})

test('[AU8] an entry shows number, time, device, account, size and unnamed subjects, and is found by them', async () => {
  const server = await newSigner()
  const parts = [{ keyId: 'key3' }, { keyId: 'key1' }, { keyId: 'key3' }]
  const [first, second, ...rest] = logOf(30)
  const args = JSON.stringify({ keyId: 'key2', parts, nonce: '', ciphertext: '' })
  const log = rechained([first!, { ...second!, args }, { ...rest[0]!, args: 'not sealed' }, ...rest.slice(1)])
  const { structure } = await audited(await serving(log, server), server)
  const { entries, devices, actors, subjects } = structure
  expect(entries[0]).toEqual({
    n: 1,
    at: 1_772_000_001_000,
    isFound: false,
    device: 1,
    actor: 1,
    bytes: first!.args.length,
    subjects: [1],
    hash: first!.hash,
  })
  expect(entries.slice(1, 3).map((entry) => entry.subjects)).toEqual([[2, 3, 4], []])
  expect(subjects.slice(1, 4)).toEqual(['key2', 'key3', 'key1'])
  expect([devices, actors]).toEqual([
    ['device1', 'device2', 'device0'],
    ['account1', 'account0'],
  ])
  expect(entries[10]).toMatchObject({ n: 11, isFound: true, actor: null })

  const numbers = (filter: Parameters<typeof filteredEntries>[1]) =>
    filteredEntries(structure, filter).map(({ n }) => n)
  expect(numbers({ device: '2' })).toEqual([2, 5, 8, 11, 14, 17, 20, 23, 26, 29])
  expect(numbers({ account: 'unknown' })).toEqual([11, 22])
  expect(numbers({ subject: '3' })).toEqual([2])
  expect(numbers({ device: '2', account: 'unknown' })).toEqual([11])
  const day = dayOf(entries[0]!.at)
  expect(numbers({ from: day, to: day })).toHaveLength(30)
  expect(numbers({ to: '2000-01-01' })).toEqual([])
  const counts = countsOf(entries)
  expect([counts.days.get(day), counts.devices.get(2), counts.subjects.get(3)]).toEqual([30, 10, 1])
})

test('[AU9] a report says what was verified against what, by whom and when, and nothing that is sealed', async () => {
  const server = await newSigner()
  const log = logOf(150)
  const verified = await audited(await serving(log.slice(0, 140), server, log), server)
  const audit = { storeId: start.storeId, name: 'Ada', isRedacted: true, witness: noWitness }
  const by = { accountId: 'account7', deviceId: 'desk', at: new Date('2026-03-02T10:00:00Z') }
  const report = auditReport(audit, verified, by)
  expect(report).toMatchObject({
    report: 'pjai audit 1',
    redacted: true,
    log: start,
    verified: { by: { accountId: 'account7', deviceId: 'desk' }, at: '2026-03-02T10:00:00.000Z' },
    verdicts: { intact: true, complete: true },
    head: { seq: 140, hash: log[139]!.hash },
    serverKey: { key: server.publicKey, knownFrom: 'server' },
    counts: { devices: 3, accounts: 2 },
  })
  expect(JSON.stringify(report)).not.toMatch(/ciphertext|args|c2F5cy/)
  const cut = await audited(await serving(log.slice(0, 90), server), server, {
    witness: { serverKey: null, anchors: [await anchorAt(await newSigner(), await checkpointAt(server, log[119]!))] },
  })
  expect(auditReport(audit, cut, by).findings[0]).toMatchObject({
    kind: 'truncated',
    sentence: 'The log ends with event 90, and an anchor of a device saw it up to event 120.',
  })
})
