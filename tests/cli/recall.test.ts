import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { importCommand } from '#cli/import-command.ts'
import { recallCommand } from '#cli/recall-command.ts'

const shared = join(import.meta.dirname, '../../../shared')
const folder = mkdtempSync(join(tmpdir(), 'pjai-recall-'))
const at = (name: string) => join(folder, name)
const patience = 120_000
const opening = ['--passphrase-file', at('passphrase')]

const bundleOf = (file: string, name: string) =>
  importCommand([file, '--out', at(name), '--key', at('key'), ...opening])

let printed: string[] = []
beforeEach(() => {
  printed = []
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line))
  return () => vi.restoreAllMocks()
})
const json = () => JSON.parse(printed.join('\n'))

beforeAll(async () => {
  writeFileSync(at('passphrase'), 'three otters in a boat\n')
  const said = [
    ['q1', 'user', 'Where is the harbour?'],
    ['q2', 'assistant', 'In Lisbon, below the hill.'],
    ['q3', 'user', 'I had green tea there.'],
  ]
  const mapping = Object.fromEntries(
    said.map(([id = '', role, text], n) => [
      id,
      {
        parent: said[n - 1]?.[0] ?? null,
        children: [],
        message: {
          id,
          author: { role },
          create_time: 1_700_000_000 + n,
          content: { content_type: 'text', parts: [text] },
        },
      },
    ]),
  )
  writeFileSync(at('chat.json'), JSON.stringify([{ title: 'Harbours', conversation_id: 'c1', mapping }]))
  await bundleOf(at('chat.json'), 'chat.persona')
}, patience)
afterAll(() => rmSync(folder, { recursive: true }))

test('[RA9] recall prints what is remembered about a question, best first, with its id in the file it came from', async () => {
  expect(
    await recallCommand([at('chat.persona'), '--query', 'Who drinks tea?', '--k', '2', '--json', ...opening]),
  ).toBe(0)
  const found = json()
  expect(found).toHaveLength(2)
  expect(found[0]).toMatchObject({
    kind: 'message',
    sourceId: 'q3',
    why: expect.arrayContaining([{ reason: 'mentions “tea”', share: expect.any(Number) }]),
  })
  expect(Object.keys(found[0])).toEqual(['id', 'kind', 'sourceId', 'score', 'why'])
  expect(found[0].score).toBeGreaterThan(found[1].score)
})

test('[RA9] many questions are answered from one start, in their order', async () => {
  writeFileSync(at('queries.json'), JSON.stringify(['zeppelins', 'Where is the harbour?', '', 'tea']))
  await recallCommand([at('chat.persona'), '--queries', at('queries.json'), '--json', ...opening])
  const ids = (json() as { sourceId: string }[][]).map((found) => found.map(({ sourceId }) => sourceId))
  expect(ids.map((found) => found[0])).toEqual([undefined, 'q2', undefined, 'q3'])
})

test('[RA9] without --json it is for a person: text, reasons, ids', async () => {
  await recallCommand([at('chat.persona'), '--query', 'tea', ...opening])
  expect(printed.join('\n')).toMatch(/message q3 {2}I had green tea there\.\n +mentions “tea”/)
})

test.each([
  [[], /either --query TEXT, or --queries FILE/],
  [['--query', 'a', '--queries', 'b'], /either --query TEXT, or --queries FILE/],
  [['--queries', at('nowhere.json')], /cannot be read/],
  [['--queries', at('passphrase')], /no JSON array of texts/],
  [['--query', 'tea', '--k', '0'], /--k 1 to 9999/],
])('[RA10] %j is refused in words', async (args, sentence) => {
  await expect(recallCommand([at('chat.persona'), ...args, ...opening])).rejects.toThrow(sentence)
})

test.runIf(existsSync(shared))(
  '[RA11] of the evidence for questions about a real dialogue, the first ten hold seven tenths or more',
  { timeout: patience },
  async () => {
    const data = join(shared, 'data/locomo-dev.json')
    execFileSync(process.execPath, [join(shared, 'tools/locomo-to-chatgpt.mjs'), data, folder], { stdio: 'ignore' })
    await bundleOf(at('conv-30.json'), 'dialogue.persona')
    const asked = JSON.parse(readFileSync(at('conv-30.questions.json'), 'utf8')) as {
      readonly question: string
      readonly evidence: readonly string[]
    }[]
    writeFileSync(at('questions.json'), JSON.stringify(asked.map(({ question }) => question)))
    printed = []
    await recallCommand([at('dialogue.persona'), '--queries', at('questions.json'), '--json', ...opening])
    const found = (json() as { sourceId: string }[][]).map((list) => new Set(list.map(({ sourceId }) => sourceId)))
    const shares = asked.map(({ evidence }, n) => evidence.filter((id) => found[n]?.has(id)).length / evidence.length)
    expect(shares.reduce((sum, share) => sum + share, 0) / shares.length).toBeGreaterThan(0.7)
  },
)
