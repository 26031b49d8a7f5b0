import { Schema, type SchemaAST } from 'effect'
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

/** What an entry says, line by line. Throws `BundleUnreadable`, or ends with it where it can be told instead. */
export async function* rowsOf<Name extends keyof Lines>(
  bundle: Bundle,
  name: Name,
  onUnreadable?: (error: BundleUnreadable) => void,
): AsyncGenerator<Lines[Name], void> {
  const entry = bundle.entry(name)
  if (entry === undefined) throw new Error(`${name} is missing.`) // checked when it was opened
  const { isSurelyRow, isRow, isInOrder } = linesNamed(name)
  const unreadable = (at: number, reason: string) =>
    new BundleUnreadable({ file: bundle.file, entry: name, at, reason })
  try {
    for await (const lines of linesOf(entry.read(), entry.at)) {
      for (const { text, number, at } of lines) {
        const row = jsonIn(text)
        if (!isSurelyRow(text)) {
          if (!isRow(row)) throw unreadable(at, `Line ${number} is not what it has to be.`)
          // There is one way to write it, so that nothing hides beside what is hashed.
          if (!isInOrder(row) || JSON.stringify(row) !== text)
            throw unreadable(at, `Line ${number} is not written as it has to be.`)
        }
        yield row as Lines[Name] // it has just been checked
      }
    }
  } catch (caught) {
    const error = caught instanceof LineUnreadable ? unreadable(caught.at, caught.message) : caught
    if (onUnreadable === undefined || !(error instanceof BundleUnreadable)) throw error
    onUnreadable(error)
  }
}

/**
 * 50 000 lines a second are read: of nearly all a pattern says that they are rows, and written as `lineOf` writes them.
 * What it leaves in doubt, Schema decides.
 */
const linesNamed = (name: keyof Lines) => {
  const { fields } = lines[name]
  const members = Object.entries(fields).map(([key, { ast }]) => `${JSON.stringify(key)}:${patternOf(ast)}`)
  const pattern = new RegExp(`^\\{${members.join(',')}\\}$`)
  const names = Object.keys(fields).join()
  return {
    // A very long one is left to those that need no room to remember where they were.
    isSurelyRow: (text: string) => text.length < 100_000 && pattern.test(text),
    isRow: Schema.is(lines[name] as Schema.Schema.AnyNoContext, { onExcessProperty: 'error' }), // one of them
    isInOrder: (row: unknown) => Object.keys(row ?? {}).join() === names,
  }
}

/** Matches nothing but what `JSON.stringify` writes for a value, yet not all of that. */
const patternOf = (ast: SchemaAST.AST): string => {
  if (ast._tag === 'StringKeyword') return `"${plain}*(?:${escaped}${plain}*)*"`
  if (ast === Schema.Int.ast) return String.raw`(?:0|-?[1-9]\d{0,14})`
  if (ast === Schema.NonNegativeInt.ast) return String.raw`(?:0|[1-9]\d{0,14})`
  if (ast._tag === 'Literal' && ast.literal === null) return 'null'
  return ast._tag === 'Union' ? `(?:${ast.types.map(patternOf).join('|')})` : '(?!)'
}

const plain = String.raw`[^"\\\0-\x1f]`
const escaped = String.raw`\\["\\bfnrt]`

export const lineOf = (row: Lines[keyof Lines]): string => `${JSON.stringify(row)}\n`

/** All at once, of what is short. */
export const allOf = async <Row>(rows: AsyncIterable<Row>): Promise<readonly Row[]> => {
  const all: Row[] = []
  for await (const row of rows) all.push(row)
  return all
}
