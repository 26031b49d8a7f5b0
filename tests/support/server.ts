import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from '#cli/build.mjs'

export interface TestServer {
  /** `http://127.0.0.1:<port>`, no slash at the end. */
  readonly url: string
  readonly port: number
  readonly pid: number
  /** As Ctrl-C does. */
  readonly stop: () => Promise<void>
  /** Both processes at once, in the middle of whatever they do. The data folder can be served again at once. */
  readonly kill9: () => Promise<void>
}

interface ServerOptions {
  readonly dataDir: string
  readonly port?: number
  /** Which providers may be called by way of it, besides the well-known ones. */
  readonly proxyHosts?: string
  /** What else the environment says. */
  readonly variables?: Readonly<Record<string, string>>
}

/**
 * The built app, served by the program that `npm start` ends in. It builds first when the sources changed (half a
 * minute at most), and takes about a second when they did not.
 */
export const startServer = async ({ dataDir, port = 0, proxyHosts = '', variables = {} }: ServerOptions) => {
  build()
  const child = spawn(process.execPath, [fileURLToPath(new URL('../../cli/serve.mjs', import.meta.url))], {
    env: {
      ...process.env,
      PORT: String(port),
      HOST: '127.0.0.1',
      PJAI_DATA: dataDir,
      PROXY_HOSTS: proxyHosts,
      ...variables,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true, // a process group of its own: one signal reaches Node and workerd
  })
  const url = await addressOf(child)
  return {
    url,
    port: Number(new URL(url).port),
    pid: child.pid ?? 0,
    stop: () => signal(child, 'SIGTERM'),
    kill9: () => signal(child, 'SIGKILL'),
  } satisfies TestServer
}

/** The built app, served by this process: on a folder of its own, and not to be killed. */
export const serveHere = async (dataDir: string) => {
  build()
  mkdirSync(dataDir, { recursive: true })
  const { startRuntime } = await import('#cli/runtime.mjs') // what only journeys need
  return startRuntime({ port: 0, host: '127.0.0.1', dataDir, proxyHosts: '', placement: { OPERATORS: 'localhost' } })
}

// Once per test file: a server that is killed and started again must be the same one.
let isBuilt = false
const build = () => {
  if (!isBuilt) ensureBuilt()
  isBuilt = true
}

const addressOf = async ({ stdout }: ChildProcess): Promise<string> => {
  if (stdout === null) throw new Error('The server has no output to read.')
  for await (const line of createInterface(stdout)) {
    const url = /^PJai is at (\S+)$/.exec(line)?.[1]
    if (url !== undefined) return url
  }
  throw new Error('The server ended before it served; it says why above.')
}

const signal = async (child: ChildProcess, name: NodeJS.Signals) => {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  process.kill(-child.pid, name)
  await once(child, 'exit')
}
