import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, test as base, chromium, expect, type Page } from '@playwright/test'
import { chromiumFlags, findChromium } from './chromium.mjs'
import { startServer, type TestServer } from './server.ts'

/** A browser of its own with a profile on disk: what one device of a person is. */
export interface Device {
  readonly context: BrowserContext
  /** A tab; `path` is an address of the app, or a whole address. */
  readonly open: (path?: string) => Promise<Page>
  /** Kills the renderers as `kill -9` does. The profile stays. */
  readonly crash: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface JourneyServer {
  readonly url: string
  /** Ends at once, in the middle of whatever it does. */
  readonly kill: () => Promise<void>
  /** Serves the same data at the same address. */
  readonly restart: () => Promise<void>
  /** Serves at the same address with all data lost. */
  readonly restartEmpty: () => Promise<void>
}

interface Fixtures {
  /** A tab on a room of a persona that is this test's own, in the one browser of all tests that ask for no more. */
  readonly openRoom: (room: string) => Promise<Page>
  readonly server: JourneyServer
  /** A new device; the same `profile` again is the same device after a restart. */
  readonly device: (options?: {
    profile?: string
    phone?: boolean
    dark?: boolean
    flags?: readonly string[]
  }) => Promise<Device>
}

interface WorkerFixtures {
  /** One for all tests of a worker; a worker ends with a test that failed, and so does this. */
  readonly sharedBrowser: BrowserContext
}

let personas = 0

export const test = base.extend<Fixtures & { scratch: string }, WorkerFixtures>({
  sharedBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: see below
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'pjai-journeys-'))
      const running = await startServer({ dataDir: join(folder, 'data') })
      const context = await launch({ profilePath: join(folder, 'device'), url: running.url, log: join(folder, 'log') })
      await use(context)
      await context.close()
      await running.stop()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
    { scope: 'worker' },
  ],

  openRoom: async ({ sharedBrowser }, use) => {
    const persona = `/p/ownroom${personas++}`
    const tabs: Page[] = []
    await use(async (room) => {
      const tab = await sharedBrowser.newPage()
      tabs.push(tab)
      await tab.goto(`${persona}/${room}`)
      return tab
    })
    await Promise.allSettled(tabs.map((tab) => tab.close()))
  },

  // Playwright reads the dependencies of a fixture from the pattern, so an empty one has to stand here.
  // biome-ignore lint/correctness/noEmptyPattern: see above
  scratch: async ({}, use) => {
    const scratch = await mkdtemp(join(tmpdir(), 'pjai-journey-'))
    await use(scratch)
    await rm(scratch, { recursive: true, force: true, maxRetries: 5 })
  },

  server: async ({ scratch }, use) => {
    const dataDir = join(scratch, 'data')
    let running: TestServer = await startServer({ dataDir })
    await use({
      url: running.url,
      kill: () => running.kill9(),
      restart: async () => {
        running = await startServer({ dataDir, port: running.port })
      },
      restartEmpty: async () => {
        running = await startServer({ dataDir: join(scratch, 'empty'), port: running.port })
      },
    })
    await running.stop()
  },

  device: async ({ scratch, server }, use, testInfo) => {
    const log = join(scratch, 'chromium.log')
    const contexts: BrowserContext[] = []
    let count = 0
    await use(async ({ profile = `device${count++}`, phone = false, dark = false, flags = [] } = {}) => {
      const profilePath = join(scratch, profile)
      const context = await launch({ profilePath, url: server.url, log, phone, dark, flags })
      contexts.push(context)
      return {
        context,
        open: async (path = '/') => {
          const page = await context.newPage()
          await page.goto(path)
          return page
        },
        crash: async () => {
          for (const pid of renderersOf(profilePath)) process.kill(pid, 'SIGKILL')
          await context.close()
        },
        close: () => context.close(),
      }
    })
    await Promise.allSettled(contexts.map((context) => context.close()))
    if (testInfo.status !== testInfo.expectedStatus) console.log(await complaintsIn(log))
  },
})

export const desk = { width: 1280, height: 800 }
export const phoneScreen = { width: 390, height: 844 }

interface LaunchOptions {
  readonly profilePath: string
  readonly url: string
  readonly log: string
  readonly phone?: boolean
  readonly dark?: boolean
  readonly flags?: readonly string[]
}

const launch = ({ profilePath, url, log, phone = false, dark = false, flags = [] }: LaunchOptions) => {
  const executablePath = findChromium()
  return chromium.launchPersistentContext(profilePath, {
    args: [...chromiumFlags, ...flags, '--enable-logging', `--log-file=${log}`],
    baseURL: url,
    viewport: phone ? phoneScreen : desk,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce', // nothing fades: what is there can be pressed and judged
    ...(executablePath === undefined ? {} : { executablePath }),
  })
}

/** The processes that run the pages and workers of one browser, which is known by its profile. */
const renderersOf = (profilePath: string) => {
  const processes = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? []
      return command === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), command }]
    })
  const family = new Set(
    processes.flatMap(({ pid, command }) => (command.includes(`--user-data-dir=${profilePath}`) ? [pid] : [])),
  )
  for (let known = 0; known < family.size; ) {
    known = family.size
    for (const { pid, parent } of processes) if (family.has(parent)) family.add(pid)
  }
  return processes
    .filter(({ pid, command }) => family.has(pid) && command.includes('--type=renderer'))
    .map(({ pid }) => pid)
}

/** Why a page crashed stands only in Chromium's own log, beside much about desktops that are not here. */
const complaintsIn = async (log: string) => {
  const lines = (await readFile(log, 'utf8').catch(() => '')).split('\n')
  return lines.filter((line) => /:(WARNING|ERROR|FATAL):/.test(line) && !/d-?bus|CONSOLE/i.test(line)).join('\n')
}

/** From then on the app needs no server to open. */
export const untilInstalled = (page: Page) =>
  expect.poll(() => installation(page), { timeout: 90_000 }).toBe('activated')

/** How far the service worker came, or why it failed. One that failed is tried again, as by the next visit. */
const installation = (page: Page) =>
  page.evaluate(async () => {
    const found = await navigator.serviceWorker.getRegistration()
    const worker = found?.active ?? found?.waiting ?? found?.installing
    if (worker !== undefined && worker !== null) return worker.state
    return navigator.serviceWorker.register('/sw.js').then(() => 'registered', String)
  })

export { expect }
