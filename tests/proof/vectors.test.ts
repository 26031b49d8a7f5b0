import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { bytesToHex } from '@noble/hashes/utils.js'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalBytes, type Entry, linkHash, startHash } from '#proof/chain.ts'
import { anchorText, checkpointText } from '#proof/checkpoint.ts'
import { isSigned } from '#proof/signed-text.ts'
import { root } from '#tests/structure/sources.ts'
import { seeded } from '#tests/support/any-fact.ts'
import { logOf, start } from './logs.ts'

const page = readFileSync(`${root}docs/proof.md`, 'utf8')

const linesIn = (block: string): readonly string[] =>
  new RegExp(`\`\`\`${block}\n(.*?)\n\`\`\``, 's').exec(page)?.[1]?.split('\n') ?? []

const entries: readonly Entry[] = linesIn('jsonl').map((line) => JSON.parse(line))

test('[PF2] an entry has the canonical bytes and the hash that docs/proof.md says', () => {
  const [h0, bytes1, h1, bytes2, h2] = linesIn('hex')
  const [first, second] = entries as [Entry, Entry]
  expect([canonicalBytes(first), canonicalBytes(second)].map(bytesToHex)).toEqual([bytes1, bytes2])
  const links = [startHash(start)]
  for (const entry of entries) links.push(linkHash(links.at(-1)!, entry))
  expect(links.map(bytesToHex)).toEqual([h0, h1, h2])
  expect(entries.map(({ hash }) => hash)).toEqual([h1, h2])
})

test('[PF2] the hashes of docs/proof.md are those that another SHA-256 makes of the bytes beside them', () => {
  const sha256 = (...hex: readonly string[]) => createHash('sha256').update(hex.join(''), 'hex').digest('hex')
  const [h0, bytes1, h1, bytes2, h2] = linesIn('hex') as [string, string, string, string, string]
  expect(sha256(h0, bytes1)).toBe(h1)
  expect(sha256(h1, bytes2)).toBe(h2)
  const begun =
    '00000008' +
    Buffer.from('pjai log').toString('hex') +
    '01' +
    '0000000b' +
    Buffer.from('persona_ada').toString('hex')
  expect(sha256(begun, '00000001', '0000000a', Buffer.from('log-of-ada').toString('hex'))).toBe(h0)
})

test('[PF3] a checkpoint and an anchor are signed as docs/proof.md says', async () => {
  const [statement, publicKey, signature, deviceSignature] = linesIn('checkpoint') as [string, string, string, string]
  expect(checkpointText(start, 2, entries[1]!.hash, new Date('2026-03-01T11:00:00.000Z'))).toBe(statement)
  const checkpoint = { statement, publicKey, signature }
  expect(await isSigned(checkpoint)).toBe(true)
  const counterSigned = anchorText('laptop', checkpoint)
  expect(await isSigned({ statement: counterSigned, publicKey, signature: deviceSignature })).toBe(true)
  expect(await isSigned({ ...checkpoint, signature: deviceSignature })).toBe(false)
})

test('[PF4] two different entries have different bytes', () => {
  const [entry] = logOf(1) as [Entry]
  const texts = ['storeId', 'name', 'args', 'device', 'session', 'actor'] as const
  fc.assert(
    fc.property(
      fc.tuple(...texts.map(() => fc.string({ unit: 'grapheme' }))),
      fc.tuple(...texts.map(() => fc.string({ unit: 'grapheme' }))),
      (a, b) => {
        const bytesOf = (values: readonly string[]) =>
          bytesToHex(canonicalBytes({ ...entry, ...Object.fromEntries(texts.map((field, at) => [field, values[at]])) }))
        expect(bytesOf(a) === bytesOf(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
      },
    ),
    seeded,
  )
  const shifted = { ...entry, device: 'lap', session: 'top' }
  expect(canonicalBytes(shifted)).not.toEqual(canonicalBytes({ ...entry, device: 'laptop', session: '' }))
  expect(canonicalBytes({ ...entry, actor: '' })).not.toEqual(canonicalBytes({ ...entry, actor: null }))
})

test('[PF4] an entry of any size is hashed whole', () => {
  const [entry] = logOf(1) as [Entry]
  const large = { ...entry, args: 'ä'.repeat(400_000) }
  const bytes = canonicalBytes(large)
  expect(bytes.length).toBe(canonicalBytes({ ...entry, args: '' }).length + 800_000)
  const expected = createHash('sha256').update(startHash(start)).update(bytes).digest('hex')
  expect(bytesToHex(linkHash(startHash(start), large))).toBe(expected)
})
