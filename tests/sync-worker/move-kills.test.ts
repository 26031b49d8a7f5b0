import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { noEvidence } from '#proof/claims.ts'
import type { LogPage } from '#proof/log-page.ts'
import { verifyLog } from '#proof/verify.ts'
import { moveSteps } from '#schema/placement/wire.ts'
import { startServer, type TestServer } from '#tests/support/server.ts'
import { openDevice } from './device.ts'
import { type Person, signIn } from './people.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'pjai-move-kills-'))
const storeId = 'persona_killed'
const path = `/api/stores/${storeId}`
let server: TestServer
let ann: Person

/** Each step can be seen from outside: it is killed before it, or in it. */
const start = (port = 0) => startServer({ dataDir, port, variables: { MOVE_REST: '300' } })

beforeAll(async () => {
  server = await start()
  ann = await signIn(server.url)
})

afterAll(async () => {
  await server.stop()
  rmSync(dataDir, { recursive: true })
})

test('[MV14] a server killed at each step of a move, while two devices write, ends the move or takes it back, and the log holds each event once', async () => {
  const devices = await Promise.all(
    ['laptop', 'phone'].map(async (name) => ({
      name,
      ...(await openDevice(server.url, storeId, name, ann.cookie, true)),
    })),
  )
  let written = 0
  const writeMore = () => {
    for (const { name, write } of devices) write(`${name}${written}`)
    written++
  }
  const whileWriting = async () => {
    writeMore()
    return latest()
  }
  const untilStep = async (...steps: readonly string[]) => {
    await expect.poll(async () => (await whileWriting())?.step).toSatisfy((step: string) => steps.includes(step))
  }

  for (const [step, end] of kills) {
    const from = await cellOf()
    const to = ['c1', 'c2', 'c3'].find((cellId) => cellId !== from) ?? ''
    expect(await ann.api('POST', `${path}/moves`, { to })).toMatchObject({ status: 202 })
    if (step === 'rolling back') {
      await untilStep('copying')
      await ann.api('DELETE', `${path}/moves/${(await latest())?.moveId}`)
    }
    await untilStep(...moveSteps.slice(moveSteps.indexOf(step))) // or later, on a machine that is slow to ask
    writeMore() // on its way when everything ends
    await server.kill9()
    server = await start(server.port)
    await untilStep(end)
    expect(await cellOf()).toBe(end === 'grace' ? to : from)

    const expected = devices.flatMap(({ name }) => Array.from({ length: written }, (_, n) => `${name}${n}`)).sort()
    for (const { noteIds } of devices) await expect.poll(() => noteIds().toSorted()).toEqual(expected)
    await expect.poll(async () => (await readLog()).map(noteIdOf).sort()).toEqual(expected)
  }
  const { entries, start: from, checkpoints } = await readPages()
  const serverKeys = checkpoints.map(({ publicKey }) => publicKey)
  expect(await verifyLog(entries, from, { ...noEvidence, checkpoints, serverKeys })).toMatchObject({
    isIntact: true,
    isComplete: true,
    events: 2 * written,
  })
  await Promise.all(devices.map(({ close }) => close()))
}, 240_000)

/** Where it is killed, and how the move ends. */
const kills = [
  ['planned', 'grace'],
  ['copying', 'grace'],
  ['verifying', 'grace'],
  ['fencing', 'grace'],
  ['cutting over', 'grace'],
  ['handing over', 'grace'],
  ['settling', 'grace'],
  ['rolling back', 'rolled back'],
] as const

const latest = async () => {
  const { moves } = (await ann.api('GET', `${path}/moves`)).body as unknown as Moves // as `move-calls.ts` answers
  return moves[0]
}

interface Moves {
  readonly moves: readonly { readonly moveId: string; readonly step: string }[]
}

const cellOf = async () =>
  ((await ann.api('GET', `${path}/placement`)).body as unknown as { readonly cellId: string }).cellId // the same

/** The whole log with its chain. */
const readPages = async (): Promise<Pick<LogPage, 'entries' | 'start' | 'checkpoints'>> => {
  const pages: LogPage[] = []
  for (let page: LogPage | undefined; page === undefined || page.more; pages.push(page)) {
    const after = pages.flatMap(({ entries }) => entries).length
    page = (await ann.api('GET', `${path}/log?after=${after}&limit=1000`)).body as unknown as LogPage // the same
  }
  const [first] = pages
  if (first === undefined) throw new Error('There is no page.')
  return {
    start: first.start,
    entries: pages.flatMap(({ entries }) => entries),
    checkpoints: pages.flatMap(({ checkpoints }) => checkpoints),
  }
}

const readLog = async () => (await readPages()).entries

const noteIdOf = ({ args }: { readonly args: string }): string =>
  JSON.parse(Buffer.from(JSON.parse(args).ciphertext, 'base64').toString('utf8')).args.noteId
