import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { startServer } from '#tests/support/server.ts'
import { pullEvents, push } from '#tests/sync-worker/http.ts'
import { event } from '#tests/sync-worker/rpc.ts'

const scratch = mkdtempSync(join(tmpdir(), 'pjai-start-'))
const folder = (name: string) => join(scratch, name)

afterAll(() => rmSync(scratch, { recursive: true }))

test('[SY26] what keeps the app from starting is said in a sentence, with exit code 1', async () => {
  expect(await start({ PORT: 'abc' })).toEqual(ended('PORT must be a number from 0 to 65535, not “abc”.'))

  writeFileSync(folder('a-file'), '')
  const unwritable = folder('a-file')
  expect(await start({ PJAI_DATA: unwritable, PORT: '0' })).toEqual(
    ended(`Cannot write to the data folder ${unwritable}. Choose another: PJAI_DATA=/some/folder npm start`),
  )

  const { port, close } = await listen()
  expect(await start({ PORT: String(port) })).toEqual(
    ended(`Port ${port} is taken. Stop what listens there, or choose another: PORT=${port + 1} npm start`),
  )
  close()
})

test('[SY26] a Node that is too old is named before anything else happens', async () => {
  const old = folder('old.mjs')
  writeFileSync(old, "Object.defineProperty(process.versions, 'node', { value: '18.20.0' })")
  expect(await start({}, '--import', old)).toEqual(
    ended('PJai needs Node 20.19 or newer; this is Node 18.20.0. Get it at https://nodejs.org'),
  )
})

test('[SY27] two servers never share a data folder', async () => {
  const dataDir = folder('shared')
  const server = await startServer({ dataDir })
  expect(await start({ PJAI_DATA: dataDir, PORT: '0' })).toEqual(
    ended(`PJai already runs on ${dataDir} (process ${server.pid}). Stop it, or choose another: PJAI_DATA=…`),
  )
  expect((await fetch(`${server.url}/api/health`)).status).toBe(200)
  await server.stop()
}, 120_000)

test('[SY28] what was stored is there after a stop, and after a kill that workerd outlives', async () => {
  const dataDir = folder('kept')
  const first = await startServer({ dataDir })
  await push(first.url, 'persona_kept', [event(1)])
  await first.stop()

  const second = await startServer({ dataDir, port: first.port })
  await push(second.url, 'persona_kept', [event(2)])
  process.kill(second.pid, 'SIGKILL') // not its group: the workerd of this server goes on, and holds port and files
  await sleep(100)

  const third = await startServer({ dataDir, port: first.port })
  expect(await pullEvents(third.url, 'persona_kept')).toEqual([event(1), event(2)])
  await third.stop()
}, 120_000)

test('[SY29] stopping leaves no process behind', async () => {
  const dataDir = folder('stopped')
  const server = await startServer({ dataDir })
  const { workerd } = JSON.parse(readFileSync(join(dataDir, 'server.json'), 'utf8'))
  process.kill(server.pid, 'SIGTERM') // Node alone, as a process manager does
  await expect.poll(() => isRunning(workerd) || isRunning(server.pid)).toBe(false)
}, 120_000)

const ended = (sentence: string) => ({ code: 1, said: `${sentence}\n` })

const start = async (env: Record<string, string>, ...flags: readonly string[]) => {
  const program = fileURLToPath(new URL('../../cli/start.mjs', import.meta.url))
  mkdirSync(folder('free'), { recursive: true })
  const child = spawn(process.execPath, [...flags, program], {
    env: { ...process.env, PJAI_DATA: folder('free'), ...env },
    stdio: ['ignore', 'inherit', 'pipe'],
  })
  const [said, [code]] = await Promise.all([child.stderr.setEncoding('utf8').toArray(), once(child, 'exit')])
  return { code, said: said.join('') }
}

const listen = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('Not listening on a port.')
  return { port: address.port, close: () => server.close() }
}

// A process that ended but was not collected by its parent still answers signals, so ask for its state.
const isRunning = (pid: number) =>
  /^[^Z\s]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout)
