import { execFile, execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sqlite3InitModule from '@sqlite.org/sqlite-wasm'
import { atLeast, type Measured } from '#tests/bench/figure.ts'
import type { Lab } from '#tests/bench/lab.ts'

const root = join(import.meta.dirname, '../../..')
const shared = join(root, '../shared')

/** Of the turns that hold the answers, how many are among the first ten: by `pjai recall`, and by plain BM25. */
export const recallBench = async (lab: Lab): Promise<readonly Measured[]> => {
  const data = join(shared, 'data/locomo-dev.json')
  if (!existsSync(data)) throw new Error(`It needs the dialogues of ${data}.`)
  execFileSync(process.execPath, [join(shared, 'tools/locomo-to-chatgpt.mjs'), data, lab.scratch], { stdio: 'ignore' })
  writeFileSync(join(lab.scratch, 'passphrase'), 'three otters in a boat\n')
  const samples = (JSON.parse(readFileSync(data, 'utf8')) as { readonly sample_id: string }[]).map((it) => it.sample_id)
  const answers: Answer[] = []
  for (const sample of samples) answers.push(...(await answersOf(sample, lab.scratch)))
  const categories = [...new Set(answers.map(({ category }) => category))].toSorted((a, b) => a - b)
  return [
    figureOf('evidence in the first ten: all questions', answers, 0.7),
    ...categories.map((category) =>
      figureOf(
        `… ${kinds[category] ?? `of category ${category}`}`,
        answers.filter((it) => it.category === category),
      ),
    ),
  ]
}

/** As the authors of the dialogues number them. */
const kinds: Readonly<Record<number, string>> = {
  1: 'answered by several turns',
  2: 'about times',
  3: 'that ask for more than is said',
  4: 'answered by one turn',
  5: 'about the wrong speaker',
}

interface Question {
  readonly question: string
  readonly category: number
  readonly evidence: readonly string[]
}

interface Answer {
  readonly category: number
  readonly ours: number
  readonly theirs: number
}

const answersOf = async (sample: string, folder: string): Promise<readonly Answer[]> => {
  const at = (name: string) => join(folder, `${sample}.${name}`)
  const asked = JSON.parse(readFileSync(at('questions.json'), 'utf8')) as readonly Question[]
  const questions = asked.filter(({ evidence }) => evidence.length > 0)
  const texts = questions.map(({ question }) => question)
  writeFileSync(at('queries.json'), JSON.stringify(texts))
  const opening = ['--passphrase-file', join(folder, 'passphrase')]
  await pjai('import', at('json'), '--out', at('persona'), '--key', join(folder, 'key'), ...opening)
  const printed = await pjai('recall', at('persona'), '--queries', at('queries.json'), '--json', ...opening)
  const ours = (JSON.parse(printed) as { readonly sourceId: string }[][]).map((found) => found.map((it) => it.sourceId))
  const theirs = await plainBm25(at('json'), texts)
  const share = ({ evidence }: Question, found: readonly string[] = []) =>
    evidence.filter((id) => found.includes(id)).length / evidence.length
  return questions.map((it, n) => ({ category: it.category, ours: share(it, ours[n]), theirs: share(it, theirs[n]) }))
}

const pjai = async (...args: readonly string[]) => {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
  const options = { maxBuffer: 2 ** 28 }
  return (await promisify(execFile)(process.execPath, [tsx, join(root, 'cli/main.ts'), ...args], options)).stdout
}

interface Exported {
  readonly mapping: Readonly<Record<string, { readonly message: ExportedMessage | null }>>
}

interface ExportedMessage {
  readonly id: string
  readonly content: { readonly parts: readonly string[] }
}

const plainBm25 = async (file: string, questions: readonly string[]): Promise<readonly (readonly string[])[]> => {
  const sqlite = await sqlite3InitModule()
  const db = new sqlite.oo1.DB(':memory:')
  db.exec("create virtual table turns using fts5(id unindexed, text, tokenize = 'porter unicode61')")
  const messages = (JSON.parse(readFileSync(file, 'utf8')) as readonly Exported[])
    .flatMap(({ mapping }) => Object.values(mapping))
    .flatMap(({ message }) => message ?? [])
  for (const { id, content } of messages)
    db.exec({ sql: 'insert into turns values (?, ?)', bind: [id, content.parts[0] ?? ''] })
  const found = questions.map((question) => {
    const words = question.match(/[\p{L}\p{N}]+/gu) ?? []
    const match = words.map((word) => `"${word}"`).join(' OR ')
    return db
      .selectValues('select id from turns where turns match ? order by rank limit 10', match)
      .map((id) => (typeof id === 'string' ? id : ''))
  })
  db.close()
  return found
}

const figureOf = (name: string, answers: readonly Answer[], promise?: number): Measured => {
  const mean = (of: (answer: Answer) => number) =>
    Number((answers.reduce((sum, answer) => sum + of(answer), 0) / answers.length).toFixed(3))
  const [value, baselineValue] = [mean(({ ours }) => ours), mean(({ theirs }) => theirs)]
  const figure = {
    name,
    value,
    unit: 'of the evidence',
    baseline: 'plain BM25 over the turns',
    baselineValue,
    ratio: Number((value / baselineValue).toFixed(2)),
    n: answers.length,
  }
  return promise === undefined ? { figure } : { figure, budget: atLeast(promise) }
}
