import { readFile } from 'node:fs/promises'
import { Schema } from '@livestore/livestore'
import { type Recollection, recallAll, whyText } from '#schema/stores/recall.ts'
import type { Select } from '#schema/stores/recall-scan.ts'
import { sourceIds } from '#schema/stores/recall-sources.ts'
import { parsed, pathFrom } from './arguments.ts'
import { historyOf } from './bundle-history.ts'
import { oneBundle, openedBundle } from './opened-bundle.ts'
import { openedByFrom, openingOptions } from './passphrase.ts'
import { Problem } from './problem.ts'
import { progress } from './progress.ts'
import { openSqlite } from './sqlite.ts'

/** What the persona of a bundle remembers about a question, or about each of many; best first, with reasons. */
export const recallCommand = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parsed(args, {
    query: { type: 'string' },
    queries: { type: 'string' },
    k: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
    ...openingOptions,
  })
  const path = oneBundle(positionals)
  const limit = countFrom(values.k)
  const queries = await queriesFrom(values)
  const history = await historyOf(await openedBundle(path, () => openedByFrom(values)), await openSqlite())
  const state = history.stateAt(history.head)
  const select: Select = (query, bindValues) => state.db.all(query, bindValues)
  const say = progress()
  const now = new Date()
  const answers = queries.map((query, index) => {
    say(`${index} of ${queries.length} questions`)
    const found = recallAll(query, select, { limit, now })
    const sources = sourceIds(found, select)
    return found.map((it) => ({ ...it, sourceId: sources.get(it.id) ?? null }))
  })
  state.close()
  if (values.json) {
    const lists = answers.map((found) => found.map(foundToJson))
    console.log(JSON.stringify(values.query === undefined ? lists : lists[0]))
  } else
    for (const [index, found] of answers.entries()) console.log([`${queries[index]}`, ...found.map(lineOf)].join('\n'))
  return 0
}

interface Queries {
  readonly query?: string
  readonly queries?: string
}

const queriesFrom = async ({ query, queries }: Queries): Promise<readonly string[]> => {
  if ((query === undefined) === (queries === undefined))
    throw new Problem(
      'Say what to look for: either --query TEXT, or --queries FILE with a JSON array of texts.',
      'usage',
    )
  if (queries === undefined) return [query ?? '']
  const text = await readFile(pathFrom(queries), 'utf8').catch(() => {
    throw new Problem(`“${queries}” cannot be read.`, 'usage')
  })
  const decoded = decodeTexts(text)
  if (decoded._tag === 'Left') throw new Problem(`“${queries}” is no JSON array of texts.`, 'usage')
  return decoded.right
}

const decodeTexts = Schema.decodeUnknownEither(Schema.parseJson(Schema.Array(Schema.String)))

const countFrom = (k: string): number => {
  if (/^[1-9]\d{0,3}$/.test(k)) return Number(k)
  throw new Problem(`“${k}” is not how many to find: --k 1 to 9999.`, 'usage')
}

type Found = Recollection & { readonly sourceId: string | null }

const foundToJson = ({ id, kind, sourceId, score, why }: Found) => ({
  id,
  kind,
  sourceId,
  score: Math.round(score * 1e6) / 1e6,
  why,
})

const lineOf = ({ id, kind, sourceId, score, quote, why }: Found): string =>
  `  ${score.toFixed(2).padStart(6)}  ${kind} ${sourceId ?? id}  ${quote}\n          ${whyText(why)}`
