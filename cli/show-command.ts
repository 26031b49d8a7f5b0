import { rowsOf } from '#schema/stores/thing-versions.ts'
import { parsed } from './arguments.ts'
import { eventNumber, historyOf } from './bundle-history.ts'
import { oneBundle, openedBundle } from './opened-bundle.ts'
import { openedByFrom, openingOptions } from './passphrase.ts'
import { Problem } from './problem.ts'
import { openSqlite } from './sqlite.ts'

/** One memory, message or conversation as it was after an event, with all its rows, as JSON. */
export const showCommand = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parsed(args, { at: { type: 'string' }, ...openingOptions })
  const [path, kindText, id, ...others] = positionals
  const kind = kinds.find((it) => it === kindText)
  if (kind === undefined || id === undefined || others.length > 0)
    throw new Problem(
      'Name a bundle, what, and its id: show X.persona memory ID (or message, or conversation)',
      'usage',
    )
  const opened = await openedBundle(oneBundle(path === undefined ? [] : [path]), () => openedByFrom(values))
  const history = await historyOf(opened, await openSqlite())
  const at = eventNumber(values.at, history)
  const past = history.stateAt(at)
  const rows = rowsOf(past, { kind, id })
  past.close()
  if (Object.values(rows).every(({ length }) => length === 0))
    throw new Problem(`After event ${at} there is no ${kind} ${id} in ${path}.`)
  console.log(JSON.stringify({ kind, id, at, rows }, undefined, 2))
  return 0
}

const kinds = ['memory', 'message', 'conversation'] as const
