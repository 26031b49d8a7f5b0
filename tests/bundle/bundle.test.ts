import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Unzip, unzipSync } from 'fflate'
import { afterAll, expect, test } from 'vitest'
import { BundleUnreadable } from '#bundle/bundle-unreadable.ts'
import { makeDigester } from '#bundle/digest.ts'
import { manifestText } from '#bundle/manifest.ts'
import { damagesOf, openBundle } from '#bundle/open-bundle.ts'
import { writeBundle } from '#bundle/write-bundle.ts'
import { directoryOf, localHeader } from '#bundle/zip-layout.ts'
import { aboutOf, blobName, bundleOf, collected, contentsOf, partsOf, sourceOf } from './bundles.ts'

const folder = mkdtempSync(join(tmpdir(), 'pjai-bundle-'))
afterAll(() => rmSync(folder, { recursive: true }))

const parts = await partsOf(25)
const bytes = await bundleOf(parts)

test('[BU2] a bundle is a ZIP that others open, its entries stored, in their order, the manifest first', async () => {
  const entries = unzipSync(bytes)
  expect(Object.keys(entries)).toEqual([
    'manifest.json',
    'events.ndjson',
    'checkpoints.ndjson',
    'anchors.ndjson',
    'keys.ndjson',
    blobName,
    'secrets.age',
    'notes/from-later.txt',
  ])
  expect(Buffer.from(entries['events.ndjson']!).toString().split('\n')).toHaveLength(26)
  expect(JSON.parse(Buffer.from(entries['manifest.json']!).toString())).toMatchObject({
    format: 'pjai bundle 1',
    storeId: 'persona_ada',
    head: { n: 25, hash: parts.events.at(-1)?.hash },
    counts: { events: 25, checkpoints: 3, anchors: 1, keys: 2, blobs: 1 },
  })
  // This reader goes by the directory at the end; the next one by the headers, as they come.
  const streamed: string[] = []
  const unzip = new Unzip(({ name, compression }) => void streamed.push(`${name} ${compression}`))
  unzip.push(bytes, true)
  expect(streamed).toEqual(Object.keys(entries).map((name) => `${name} 0`))
})

test('[BU3] the same contents make the same bytes, and what is read is written again as it was', async () => {
  expect(Buffer.compare(await bundleOf(parts), bytes)).toBe(0)
  const shuffled = contentsOf(parts).toReversed()
  expect(Buffer.compare(await collected(writeBundle(aboutOf(parts), shuffled)), bytes)).toBe(0)

  const later = { ...aboutOf(parts), madeBy: { version: 2 } } // of a version that says more
  const first = await collected(writeBundle(later, contentsOf(parts)))
  const { manifest, entries } = await openBundle(sourceOf(first))
  const { entries: _, ...about } = manifest
  const again = await collected(writeBundle(about, entries))
  expect(manifest).toMatchObject({ madeBy: { version: 2 } })
  expect(Buffer.compare(again, first)).toBe(0)
})

const openingOf = (file: Uint8Array) => openBundle(sourceOf(file)).then((bundle) => damagesOf(sourceOf(file), bundle))

test.each([
  ['nothing', new Uint8Array(), { at: 0, reason: expect.stringMatching(/no ZIP/) }],
  ['a text', Buffer.from('{"persona":"Ada"}'), { at: 0, reason: expect.stringMatching(/no ZIP/) }],
  ['another ZIP', Buffer.from(bytes).fill('x', 30, 43), { entry: 'manifest.json', at: 30 }],
  ['a first entry that is compressed', changed(8, 8), { at: 8, reason: expect.stringMatching(/compressed/) }],
  ['a manifest of four gigabytes', changed(21, 255, 25, 255), { at: 18, reason: expect.stringMatching(/longer than/) }],
  [
    'a manifest that was changed',
    changed(60, 33),
    { entry: 'manifest.json', reason: expect.stringMatching(/check sum/) },
  ],
  ['more at its end', Buffer.concat([bytes, Buffer.from('more')]), { at: bytes.length, entry: null }],
])('[BU4] %s is refused, with the file, the entry and the byte', async (_, file, expected) => {
  const refused = await openingOf(file).catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(BundleUnreadable)
  expect(refused).toMatchObject({ file: 'ada.persona', ...expected })
})

function changed(...places: readonly number[]) {
  const copy = bytes.slice()
  for (let index = 0; index < places.length; index += 2) copy[places[index]!] = places[index + 1]!
  return copy
}

const entriesOf = async () => (await openBundle(sourceOf(bytes))).entries

/** A ZIP that is what its manifest says, whatever that is. */
const forged = async (
  change: (entries: readonly { name: string; text: string }[]) => readonly { name: string; text: string }[],
) => {
  const contents = await Promise.all(
    (await entriesOf()).map(async ({ name, read }) => ({
      name,
      text: Buffer.from(await collected(read())).toString(),
    })),
  )
  const given = await Promise.all(
    change(contents).map(async ({ name, text }) => ({ name, text, ...(await digestOf(Buffer.from(text))) })),
  )
  const manifest = Buffer.from(
    manifestText(
      aboutOf(parts),
      given.map(({ text: _, ...entry }) => entry),
    ),
  )
  const first = { name: 'manifest.json', ...(await digestOf(manifest)) }
  return Buffer.concat([
    localHeader(first),
    manifest,
    ...given.flatMap((entry) => [localHeader(entry), Buffer.from(entry.text)]),
    directoryOf([first, ...given]),
  ])
}

const digestOf = async (of: Uint8Array) => {
  const digest = await makeDigester()
  return digest(sourceOf(of).read(0, of.length))
}

test.each([
  ['an entry is missing', (all) => all.filter(({ name }) => name !== 'keys.ndjson'), /keys\.ndjson is missing/],
  ['an entry is there twice', (all) => [...all, { name: 'secrets.age', text: '' }], /secrets\.age is named twice/],
  ['a path climbs', (all) => [...all, { name: 'z/../../etc/passwd', text: '' }], /no name that an entry may have/],
  ['a path is absolute', (all) => [...all, { name: '/etc/passwd', text: '' }], /no name that an entry may have/],
  ['the order is another', (all) => all.toReversed(), /not in its place/],
] satisfies [string, Parameters<typeof forged>[0], RegExp][])(
  '[BU4] it is refused when %s',
  async (_, change, reason) => {
    expect(await openingOf(await forged((all) => all)).then((damages) => damages.length)).toBe(0)
    await expect(openingOf(await forged(change))).rejects.toMatchObject({
      entry: 'manifest.json',
      reason: expect.stringMatching(reason),
    })
  },
)

test('[BU4] another version of the format is refused by its name', async () => {
  const text = Buffer.from(bytes).toString('latin1').replace('pjai bundle 1', 'pjai bundle 9')
  const file = Buffer.from(text, 'latin1')
  const length = file.readUInt32LE(18)
  file.writeUInt32LE(Number.parseInt((await digestOf(file.subarray(43, 43 + length))).crc32, 16), 14)
  await expect(openingOf(file)).rejects.toMatchObject({ reason: expect.stringMatching(/pjai bundle 9/) })
})

test('[BU5] a bundle that is cut anywhere says within which entry', async () => {
  const entries = await entriesOf()
  const firstAt = entries[0]!.at - 30 - entries[0]!.name.length
  for (let size = 4; size < bytes.length; size += 61) {
    const expected =
      size < firstAt ? 'manifest.json' : (entries.find(({ at, length }) => size < at + length)?.name ?? null)
    await expect(openingOf(bytes.slice(0, size))).rejects.toMatchObject({ at: size, entry: expected })
  }
})

test('[BU6] an entry that expands to more than it says is not unpacked', async () => {
  const [events] = await entriesOf()
  const packed = changed(events!.at - 'events.ndjson'.length - 30 + 8, 8)
  await expect(openingOf(packed)).rejects.toMatchObject({
    entry: 'events.ndjson',
    reason: expect.stringMatching(/compressed.*not unpacked/),
  })
})

test('[BU7] a large bundle is written, read and written again in little memory', { timeout: 180_000 }, async () => {
  const file = join(folder, 'large.persona')
  const program = new URL('./large-bundle.ts', import.meta.url).pathname
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--max-old-space-size=64', '--max-semi-space-size=1', '--import', 'tsx', program, file],
    { cwd: new URL('../../', import.meta.url).pathname },
  )
  const { size, isSame, damages, megabytes } = JSON.parse(stdout)
  expect({ isSame, damages }).toEqual({ isSame: true, damages: 0 })
  expect(size).toBeGreaterThan(240_000_000)
  expect(megabytes).toBeLessThan(200)
})
