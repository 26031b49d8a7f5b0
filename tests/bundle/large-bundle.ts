// Writes a bundle of some 240 MB to the given file, reads it from end to end and writes it again; says how much memory that took.
import { createHash } from 'node:crypto'
import { open, stat } from 'node:fs/promises'
import { damagesOf, openBundle } from '#bundle/open-bundle.ts'
import { writeBundle } from '#bundle/write-bundle.ts'
import { fileSource } from '#cli/file-source.ts'
import { aboutOf, contentsOf, partsOf } from './bundles.ts'

const [path = ''] = process.argv.slice(2)
const piece = Buffer.alloc(1_000_000, 'sealed')
const parts = await partsOf(3000)
const blobs = Array.from({ length: 48 }, (_, index) => ({
  name: `blobs/${'k'.repeat(22)}/${String(index).padStart(22, '0')}`,
  read: async function* () {
    for (let pieces = 0; pieces < 5; pieces++) yield piece
  },
}))
const whole = { ...parts, others: [...parts.others, ...blobs] }

const file = await open(path, 'w')
const written = createHash('sha256')
for await (const chunk of writeBundle(aboutOf(whole), contentsOf(whole))) {
  written.update(chunk)
  await file.write(chunk)
}
await file.close()

const source = await fileSource(path)
const bundle = await openBundle(source)
const damages = await damagesOf(source, bundle)
const { entries: _, ...about } = bundle.manifest
const again = createHash('sha256')
for await (const chunk of writeBundle(about, bundle.entries)) again.update(chunk)

const isSame = again.digest('hex') === written.digest('hex')
const megabytes = process.resourceUsage().maxRSS / 1024
console.log(JSON.stringify({ size: (await stat(path)).size, isSame, damages: damages.length, megabytes }))
