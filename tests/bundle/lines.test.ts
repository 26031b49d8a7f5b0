import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { allOf, rowsOf } from '#bundle/contents.ts'
import type { Bundle } from '#bundle/open-bundle.ts'
import type { Entry } from '#proof/chain.ts'
import { logOf } from '#tests/proof/logs.ts'

const [entry] = logOf(1)
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('"', '\\', '/', '\n', '\u0001', 'é', '😀') }),
)
const written = fc
  .record({
    args: text,
    device: text,
    actor: fc.option(text),
    acceptedAt: fc.maxSafeInteger(),
    foundAt: fc.option(fc.maxSafeInteger()),
  })
  .map((changed): Entry => ({ ...entry!, ...changed }))

/** As much of a bundle as lines are read from, in pieces of `size` bytes. */
const bundleWith = (content: string, size: number) => {
  const bytes = new TextEncoder().encode(content)
  const read = async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.slice(at, at + size)
  }
  return { file: 'a.persona', entry: () => ({ at: 0, read }) } as unknown as Bundle
}

const read = (content: string, size = 1000) => allOf(rowsOf(bundleWith(content, size), 'events.ndjson'))

test('[BU14] what was written as a line is read as it was, wherever the pieces of the file end', () =>
  fc.assert(
    fc.asyncProperty(fc.array(written, { maxLength: 5 }), fc.integer({ min: 1, max: 2000 }), async (entries, size) => {
      const content = entries.map((it) => `${JSON.stringify(it)}\n`).join('')
      fc.pre(content.isWellFormed())
      expect(await read(content, size)).toEqual(entries)
    }),
    { numRuns: 300 },
  ))

const otherwise: readonly ((line: string) => string)[] = [
  (line) => line.replace(':', ': '),
  (line) => ` ${line}`,
  (line) => line.replace('"n":1,', '"n":1.0,'),
  (line) => line.replace('"n":1,', '"n":1e0,'),
  (line) => line.replace('"device":"', String.raw`"device":"\u0061`),
  (line) => line.replace('"device":"', String.raw`"device":"\/`),
  (line) => line.replace('"n":1,', '"n":2,"n":1,'),
  (line) => line.replace(/("n":1),("parent":0)/, '$2,$1'),
]

test.each(otherwise.map((write) => [write(JSON.stringify(entry)), write] as const))(
  '[BU14] %s is not how it is written',
  (_, write) =>
    expect(read(`${JSON.stringify(entry)}\n${write(JSON.stringify(entry))}\n`)).rejects.toThrow(
      /Line 2 is not written as it has to be/,
    ),
)
