import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { BundleUnreadable } from '#bundle/bundle-unreadable.ts'
import { openBundle } from '#bundle/open-bundle.ts'
import { type BundleVerification, verifyBundle } from '#bundle/verify-bundle.ts'
import { writeBundle } from '#bundle/write-bundle.ts'
import type { Entry } from '#proof/chain.ts'
import type { Finding } from '#proof/findings.ts'
import { checkpointAt, logOf, newSigner, rechained } from '#tests/proof/logs.ts'
import { aboutOf, bundleOf, collected, content, contentsOf, type Parts, partsOf, server, sourceOf } from './bundles.ts'

// Whoever changes a bundle either changes bytes, or writes it anew with a manifest that fits: both are tried here.
const length = 40
const parts = await partsOf(length)
const bytes = await bundleOf(parts)
const { entries, directory } = await openBundle(sourceOf(bytes))

const verified = async (file: Uint8Array): Promise<BundleVerification | BundleUnreadable> => {
  const source = sourceOf(file)
  try {
    return await verifyBundle(source, await openBundle(source))
  } catch (error) {
    if (error instanceof BundleUnreadable) return error
    throw error
  }
}

const findingsOf = async (changed: Partial<Parts>): Promise<readonly Finding[]> => {
  const verification = await verified(await bundleOf({ ...parts, ...changed }))
  if (verification instanceof BundleUnreadable) throw verification
  expect(verification.isIntact && verification.isComplete).toBe(false)
  expect(verification.damages).toEqual([]) // its manifest fits: only the chain can tell
  return verification.findings
}

const anyEvent = fc.integer({ min: 1, max: length })
const anyButTheLast = fc.integer({ min: 1, max: length - 1 })
const checked = (property: fc.IAsyncProperty<unknown>, numRuns = 60) => fc.assert(property, { numRuns })

test('[BU8] a bundle that nobody changed is intact and complete', async () => {
  const verification = await verified(bytes)
  expect(verification).toMatchObject({ isIntact: true, isComplete: true, findings: [], damages: [], untruths: [] })
})

test('[BU8] a flipped byte is found wherever it is, and its entry is named', () =>
  checked(
    fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, flip) => {
      const file = bytes.slice()
      file[at]! ^= flip
      expect(placesIn(await verified(file))).toContainEqual(placeOf(at))
    }),
    400,
  ))

/** Of the container the very byte is known, of a content which it is. */
const placeOf = (at: number) => {
  if (at >= directory.at || at < 4) return { entry: null, at }
  const headerOf = ({ name }: { readonly name: string }) => 30 + name.length
  const entry = entries.find((it) => at < it.at + it.length)
  const isManifest = entry === undefined || at < entries[0]!.at - headerOf(entries[0]!)
  return { entry: isManifest ? 'manifest.json' : entry.name }
}

const placesIn = (found: BundleVerification | BundleUnreadable) => {
  if (!(found instanceof BundleUnreadable)) return found.isIntact ? [] : found.damages.map(({ entry }) => ({ entry }))
  return [found.entry === null ? { entry: null, at: found.at } : { entry: found.entry }]
}

test('[BU8] an event that was changed is named, though the manifest fits', () =>
  checked(
    fc.asyncProperty(anyEvent, async (n) => {
      const events = parts.events.map((entry) => (entry.n === n ? { ...entry, device: 'stolen' } : entry))
      expect(await findingsOf({ events })).toContainEqual({ kind: 'changed', seq: n, what: 'event' })
    }),
  ))

test('[BU8] an event that was dropped is named', () =>
  checked(
    fc.asyncProperty(anyButTheLast, async (n) => {
      const events = parts.events.filter((entry) => entry.n !== n)
      expect(await findingsOf({ events })).toContainEqual({ kind: 'missing', seq: n, to: n })
    }),
  ))

test('[BU8] an event that stands twice is named', () =>
  checked(
    fc.asyncProperty(anyEvent, async (n) => {
      const events = parts.events.flatMap((entry) => (entry.n === n ? [entry, entry] : [entry]))
      expect(await findingsOf({ events })).toContainEqual({ kind: 'doubled', seq: n, place: n + 1 })
    }),
  ))

test('[BU8] two events in each other’s places are named', () =>
  checked(
    fc.asyncProperty(anyButTheLast, async (n) => {
      const events = [...parts.events]
      events.splice(n - 1, 2, parts.events[n]!, parts.events[n - 1]!)
      const places = (await findingsOf({ events })).flatMap((it) => ('place' in it ? [it.place] : []))
      expect(places.some((place) => place === n || place === n + 1)).toBe(true)
    }),
  ))

test('[BU8] an event of another persona is named by its place', () =>
  checked(
    fc.asyncProperty(anyEvent, async (n) => {
      const other = logOf(length, { storeId: 'persona_bob', epoch: 1, logId: 'log-of-bob' })
      const events = parts.events.map((entry) => (entry.n === n ? other[n - 1]! : entry))
      expect(await findingsOf({ events })).toContainEqual({
        kind: 'foreign',
        place: n,
        storeId: 'persona_bob',
        epoch: 1,
      })
    }),
  ))

test('[BU8] a log that was cut is not complete, and how far it went is named', () =>
  checked(
    fc.asyncProperty(fc.nat(length - 1), async (n) => {
      const findings = await findingsOf({ events: parts.events.slice(0, n) })
      expect(findings).toContainEqual({ kind: 'truncated', seq: n, to: length, by: 'checkpoint' })
    }),
  ))

test('[BU8] a prefix that was rewritten, its chain made anew, is not what was signed', () =>
  checked(
    fc.asyncProperty(anyEvent, async (n) => {
      const changed = parts.events.map(
        (entry): Entry => (entry.n === n ? { ...entry, args: '{"keyId":"mine"}' } : entry),
      )
      const events = rechained(changed)
      const first = (await findingsOf({ events })).find((it) => it.kind === 'rewritten')
      expect(first?.seq).toBeGreaterThanOrEqual(n)
      expect(first?.after).toBeLessThan(n)
    }),
  ))

test('[BU8] a checkpoint that somebody else signed is named by its event', async () => {
  const stranger = await newSigner()
  await checked(
    fc.asyncProperty(fc.nat(parts.checkpoints.length - 1), async (index) => {
      const n = Math.min(length, 10 * (index + 1))
      const forged = await checkpointAt(stranger, parts.events[n - 1]!)
      const checkpoints = parts.checkpoints.with(index, forged)
      expect(await findingsOf({ checkpoints })).toContainEqual(expect.objectContaining({ kind: 'wrongKey', seq: n }))
      const pretended = parts.checkpoints.with(index, { ...forged, publicKey: server.publicKey })
      const findings = await findingsOf({ checkpoints: pretended })
      expect(findings).toContainEqual({ kind: 'badSignature', seq: n, by: 'checkpoint' })
    }),
    10,
  )
})

test('[BU9] what the manifest says of the log and is not so is said', async () => {
  const right = aboutOf(parts)
  const about = { ...right, head: { n: 41, hash: 'f'.repeat(64) }, counts: { ...right.counts, keys: 9 } }
  expect(await verified(await collected(writeBundle(about, contentsOf(parts))))).toMatchObject({
    isIntact: false,
    findings: [],
    untruths: [expect.stringMatching(/ends with event 41/), expect.stringMatching(/counts 9 keys; there are 2/)],
  })
})

test.each([
  ['no JSON', '{"keyId":"k","wrapped":null}\n{"keyId"\n'],
  ['something else', '{"keyId":"k","wrapped":null}\n{"keyId":"k"}\n'],
  ['more than it may', '{"keyId":"k","wrapped":null}\n{"keyId":"k","wrapped":null,"more":1}\n'],
  ['not UTF-8', Buffer.from([...Buffer.from('{"keyId":"k","wrapped":null}\n'), 0xff, 10])],
  ['without its end', '{"keyId":"k","wrapped":null}\n{"keyId":"k","wrapped":null}'],
])('[BU10] a line that is %s is refused with its entry and byte', async (_, text) => {
  const others = parts.others.map((it) => (it.name === 'keys.ndjson' ? content(it.name, text) : it))
  const file = await bundleOf({ ...parts, others })
  const { at } = (await openBundle(sourceOf(file))).entry('keys.ndjson')!
  const expected = { entry: 'keys.ndjson', at: at + 29, reason: expect.stringMatching(/^Line 2/) }
  expect(await verified(file)).toMatchObject(expected)
})

test('[BU10] a line that a damage left breaks the verdict, and all before it is verified', () =>
  checked(
    fc.asyncProperty(anyEvent, async (n) => {
      const log = entries.find(({ name }) => name === 'events.ndjson')!
      const file = bytes.slice()
      const lines = new TextDecoder().decode(file.subarray(log.at, log.at + log.length)).split('\n')
      const at = log.at + lines.slice(0, n - 1).join('\n').length + (n > 1 ? 1 : 0)
      file[at]! ^= 1 // the brace that begins the event
      const verification = await verified(file)
      if (verification instanceof BundleUnreadable) throw verification
      const { isIntact, isComplete, damages, unread, untruths, events } = verification
      expect({ isIntact, isComplete, events }).toEqual({ isIntact: false, isComplete: false, events: n - 1 })
      expect(damages.map(({ entry }) => entry)).toEqual(['events.ndjson'])
      expect(unread).toEqual([expect.stringContaining(`at byte ${at}, in events.ndjson: Line ${n} `)])
      expect(untruths).toEqual([])
    }),
  ))
