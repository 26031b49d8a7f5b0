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
  const isRow = rowCheck(name)
  const unreadable = (at: number, reason: string) =>
    new BundleUnreadable({ file: bundle.file, entry: name, at, reason })
  try {
    for await (const lines of linesOf(entry.read(), entry.at)) {
      for (const { text, number, at } of lines) {
        const row = jsonIn(text)
        const verdict = isRow(row)
        if (verdict === 'no row') throw unreadable(at, `Line ${number} is not what it has to be.`)
        // There is one way to write it, so that nothing hides beside what is hashed.
        if (verdict === 'in another order' || JSON.stringify(row) !== text)
          throw unreadable(at, `Line ${number} is not written as it has to be.`)
        yield row as Lines[Name] // it has just been checked
      }
    }
  } catch (caught) {
    const error = caught instanceof LineUnreadable ? unreadable(caught.at, caught.message) : caught
    if (onUnreadable === undefined || !(error instanceof BundleUnreadable)) throw error
    onUnreadable(error)
  }
}

/** Field by field: 50 000 events a second are read here. What is in doubt, Schema decides. */
const rowCheck = (name: keyof Lines) => {
  const { fields } = lines[name]
  const names = Object.keys(fields)
  const checks = Object.values(fields).map(({ ast }) => checkOf(ast))
  const isRow = Schema.is(lines[name] as Schema.Schema.AnyNoContext, { onExcessProperty: 'error' }) // one of them
  return (row: unknown) => {
    if (typeof row !== 'object' || row === null) return 'no row'
    const keys = Object.keys(row)
    const isInOrder = keys.length === names.length && keys.every((key, index) => key === names[index])
    const values = row as Readonly<Record<string, unknown>> // an object
    if (isInOrder && checks.every((check, index) => check(values[names[index] ?? '']))) return 'as it has to be'
    if (!isRow(row)) return 'no row'
    return isInOrder ? 'as it has to be' : 'in another order'
  }
}

const checkOf = (ast: SchemaAST.AST): ((value: unknown) => boolean) => {
  if (ast._tag === 'StringKeyword') return (value) => typeof value === 'string'
  if (ast === Schema.Int.ast) return Number.isSafeInteger
  if (ast._tag === 'Literal') return (value) => value === ast.literal
  if (ast._tag !== 'Union') return Schema.is(Schema.make(ast))
  const members = ast.types.map(checkOf)
  return (value) => members.some((isOne) => isOne(value))
}

export const lineOf = (row: Lines[keyof Lines]): string => `${JSON.stringify(row)}\n`

/** All at once, of what is short. */
export const allOf = async <Row>(rows: AsyncIterable<Row>): Promise<readonly Row[]> => {
  const all: Row[] = []
  for await (const row of rows) all.push(row)
  return all
}
