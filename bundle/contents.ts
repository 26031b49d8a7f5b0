import { Schema } from 'effect'
import { Anchor } from '#proof/checkpoint.ts'
import { WrittenEntry } from '#proof/log-page.ts'
import { SignedText } from '#proof/signed-text.ts'
import { BundleUnreadable } from './bundle-unreadable.ts'
import { jsonIn, LineUnreadable, linesOf } from './lines.ts'
import type { requiredNames } from './manifest.ts'
import type { Bundle } from './open-bundle.ts'

/** A row of the table of keys: null where the key was destroyed. */
const WrappedKey = Schema.Struct({ keyId: Schema.String, wrapped: Schema.NullOr(Schema.String) })
export type WrappedKey = typeof WrappedKey.Type

/** What a line of each entry is. */
const lines = {
  'events.ndjson': WrittenEntry,
  'checkpoints.ndjson': SignedText,
  'anchors.ndjson': Anchor,
  'keys.ndjson': WrappedKey,
} satisfies Record<(typeof requiredNames)[number], Schema.Schema.AnyNoContext>

type Lines = { readonly [Name in keyof typeof lines]: (typeof lines)[Name]['Type'] }

/** What an entry says, line by line. Throws `BundleUnreadable`. */
export async function* rowsOf<Name extends keyof Lines>(bundle: Bundle, name: Name): AsyncGenerator<Lines[Name], void> {
  const entry = bundle.entry(name)
  if (entry === undefined) throw new Error(`${name} is missing.`) // checked when it was opened
  const schema = lines[name] as unknown as Schema.Schema<Lines[Name]> // of that very name
  const isRow = Schema.is(schema, { onExcessProperty: 'error' })
  const fields = String(Object.keys(lines[name].fields))
  const unreadable = (at: number, reason: string) =>
    new BundleUnreadable({ file: bundle.file, entry: name, at, reason })
  try {
    for await (const { text, number, at } of linesOf(entry.read(), entry.at)) {
      const row = jsonIn(text)
      if (!isRow(row)) throw unreadable(at, `Line ${number} is not what it has to be.`)
      // There is one way to write it, so that nothing hides beside what is hashed.
      if (String(Object.keys(row)) !== fields || JSON.stringify(row) !== text)
        throw unreadable(at, `Line ${number} is not written as it has to be.`)
      yield row
    }
  } catch (error) {
    throw error instanceof LineUnreadable ? unreadable(error.at, error.message) : error
  }
}

export const lineOf = (row: Lines[keyof Lines]): string => `${JSON.stringify(row)}\n`

/** All at once, of what is short. */
export const allOf = async <Row>(rows: AsyncIterable<Row>): Promise<readonly Row[]> => {
  const all: Row[] = []
  for await (const row of rows) all.push(row)
  return all
}
