import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { bundleCommand } from '#cli/bundle-command.ts'
import { diffCommand } from '#cli/diff-command.ts'
import { exportCommand } from '#cli/export-command.ts'
import { importCommand } from '#cli/import-command.ts'
import { logCommand } from '#cli/log-command.ts'
import { replayCommand } from '#cli/replay-command.ts'
import { seedCommand } from '#cli/seed-command.ts'
import { showCommand } from '#cli/show-command.ts'
import { verifyCommand } from '#cli/verify-command.ts'

// The program itself, as npm starts it: what it prints, and how it ends.
const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'pjai-cli-'))
const patience = 120_000

beforeAll(() => {
  const message = (id: string, said: string) => ({
    id,
    author: { role: 'user' },
    create_time: 1_700_000_000,
    content: { content_type: 'text', parts: [said] },
  })
  const mapping = { a: { parent: null, children: [], message: message('a', 'Tea?') } }
  const chat = [
    { title: 'Tea', conversation_id: 'c1', mapping },
    { title: 'Broken', conversation_id: 'c2' },
  ]
  writeFileSync(join(folder, 'chat.json'), JSON.stringify(chat))
  writeFileSync(join(folder, 'book.json'), JSON.stringify({ entries: [{ keys: ['tea'], content: 'Likes tea.' }] }))
  writeFileSync(join(folder, 'broken.json'), '[{"title": "Te')
})
afterAll(() => rmSync(folder, { recursive: true }))

const pjai = async (...args: readonly string[]) => {
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'cli/main.ts'), ...args],
    {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const [out, errors, code] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    new Promise<number | null>((resolve) => child.once('exit', resolve)),
  ])
  return { out, errors, code }
}

test('[CL1] help is there at once, and every command is in it', { timeout: patience }, async () => {
  const { out, code } = await pjai('help')
  expect(code).toBe(0)
  for (const command of [
    'import',
    'seed',
    'export',
    'bundle',
    'verify',
    'log',
    'replay',
    'diff',
    'show',
    'recall',
    '--version',
  ])
    expect(out).toContain(command)
})

test.each([
  [['frobnicate'], /no command “frobnicate”/],
  [['import', '--frobnicate'], /--frobnicate/],
])(
  '[CL2] %j is not understood: a sentence, where help is, exit code 2',
  { timeout: patience },
  async (args, sentence) => {
    const { out, errors, code } = await pjai(...args)
    expect({ out, code }).toEqual({ out: '', code: 2 })
    expect(errors).toMatch(sentence)
    expect(errors).toContain('help')
    expect(errors).not.toMatch(/\n {4}at /)
  },
)

test.each([
  [importCommand, ['--dry-run'], /Name the files/],
  [importCommand, ['chat.json'], /--server/],
  [importCommand, ['chat.json', '--server', 'http://127.0.0.1:9'], /--workspace/],
  [importCommand, ['chat.json', '--server', 'nonsense', '--workspace', 'w1'], /not the address/],
  [importCommand, ['chat.json', '--server', 'http://127.0.0.1:9', '--workspace', 'a/b'], /no link to a workspace/],
  [importCommand, ['chat.json', '--out', 'x.persona'], /--key/],
  [importCommand, ['chat.json', '--out', 'x.persona', '--dry-run'], /choose one/],
  [seedCommand, ['medium'], /seed sample, or seed large/],
  [seedCommand, ['large', '--personas', '0'], /from 1 to 100000/],
  [exportCommand, [], /one persona/],
  [bundleCommand, ['p1', '--server', 'http://127.0.0.1:9', '--workspace', 'w1'], /--out/],
  [verifyCommand, [], /Name one bundle/],
  [logCommand, ['a.persona', 'b.persona'], /Name one bundle/],
  [replayCommand, ['a.persona'], /--out/],
  [diffCommand, ['a.persona', '3'], /two events/],
  [showCommand, ['a.persona', 'dream', 'd1'], /memory ID/],
  [exportCommand, ['../etc', '--server', 'http://127.0.0.1:9'], /not the id of a persona/],
])('[CL2] %o with %j is refused before anything is done', async (command, args, sentence) => {
  await expect(command(args)).rejects.toMatchObject({ exitCode: 2, message: expect.stringMatching(sentence) })
})

test('[CL3] a dry run prints one JSON of counts and rejects, of all files together', {
  timeout: patience,
}, async () => {
  const { out, code } = await pjai(
    'import',
    'chat.json',
    'book.json',
    'broken.json',
    'gone.json',
    '--dry-run',
    '--json',
  )
  expect(code).toBe(0)
  expect(JSON.parse(out)).toEqual({
    format: 'chatgpt+lorebook',
    personas: 2,
    conversations: 1,
    messages: 1,
    memories: 1,
    rejected: [
      { where: 'chat.json › conversation 2 “Broken”', reason: 'It has no messages: “mapping” is missing.' },
      { where: 'broken.json', reason: expect.stringMatching(/ends too early/) },
      { where: 'gone.json', reason: 'There is no such file.' },
    ],
  })
})

test('[CL3] a dry run that can read nothing says why, and ends with 1', { timeout: patience }, async () => {
  const { out, code } = await pjai('import', 'broken.json', '--dry-run', '--json')
  expect(code).toBe(1)
  expect(JSON.parse(out)).toMatchObject({ format: 'unknown', messages: 0, rejected: [{ where: 'broken.json' }] })
})

test('[CL2] without a server the sentence says so, and the exit code is 1', { timeout: patience }, async () => {
  const link = `${'w'.repeat(26)}.${'A'.repeat(43)}.${'c'.repeat(26)}`
  const { errors, code } = await pjai('import', 'chat.json', '--server', 'http://127.0.0.1:9', '--workspace', link)
  expect(code).toBe(1)
  expect(errors).toMatch(/No server answers at http:\/\/127.0.0.1:9/)
  expect(errors).not.toMatch(/\n {4}at /)
})

test('[CM2] what is no bundle ends with 2 and the byte, without a stack', { timeout: patience }, async () => {
  const { out, errors, code } = await pjai('verify', 'chat.json')
  expect({ out, code }).toEqual({ out: '', code: 2 })
  expect(errors).toMatch(/chat\.json: at byte 0: This is no ZIP file, so no bundle\.\n$/)
})
