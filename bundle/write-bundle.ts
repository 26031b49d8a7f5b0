import { makeDigester } from './digest.ts'
import { type BundleAbout, type BundleEntry, byPlace, manifestName, manifestText, namesProblem } from './manifest.ts'
import { directoryOf, localHeader } from './zip-layout.ts'

/** A content, read twice: its length and hashes stand before it. */
export interface Content {
  readonly name: string
  readonly read: () => AsyncIterable<Uint8Array>
}

/**
 * The bytes of a bundle, in pieces. The same contents make the same bytes, whenever and wherever. `onBytes` hears how many
 * have been read, twice each.
 */
export async function* writeBundle(
  about: BundleAbout,
  contents: readonly Content[],
  onBytes: (count: number) => void = () => undefined,
): AsyncGenerator<Uint8Array, void> {
  const inOrder = contents.toSorted((a, b) => byPlace(a.name, b.name))
  const problem = namesProblem(inOrder.map(({ name }) => name))
  if (problem !== undefined) throw new Error(problem) // our bug
  const digest = await makeDigester()
  const entries: BundleEntry[] = []
  for (const { name, read } of inOrder) entries.push({ name, ...(await digest(read(), onBytes)) })

  const manifest = new TextEncoder().encode(manifestText(about, entries))
  const first = { name: manifestName, ...(await digest(once(manifest))) }
  yield localHeader(first)
  yield manifest
  for (const [index, entry] of entries.entries()) {
    yield localHeader(entry)
    let length = 0
    for await (const chunk of inOrder[index]?.read() ?? []) {
      length += chunk.length
      onBytes(chunk.length)
      yield chunk
    }
    if (length !== entry.length) throw new Error(`${entry.name} changed while it was read.`)
  }
  yield directoryOf([first, ...entries])
}

async function* once(bytes: Uint8Array) {
  yield bytes
}
