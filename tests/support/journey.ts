import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, test as base, chromium, expect, type Page } from '@playwright/test'
import type { AnyRouter } from '@tanstack/react-router'
import { chromiumFlags, findChromium } from './chromium.mjs'
import { serveHere, startServer, type TestServer } from './server.ts'

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
  /** Of a server that is not running: keeps its data as they are, and serves them again as they were. */
  readonly keepCopy: () => Promise<void>
  readonly restartFromCopy: () => Promise<void>
}

interface DeviceOptions {
  readonly profile?: string
  readonly phone?: boolean
  readonly dark?: boolean
  /** As soon as it is open, all of the app is fetched for later. Else only when the journey waits `untilInstalled`. */
  readonly installs?: boolean
  /** Its index of search is kept from the start. Else only from the first question or erasure on. */
  readonly indexes?: boolean
  /** More of Chromium's. */
  readonly flags?: readonly string[]
}

interface Fixtures {
  /** What the environment says to the server of `server`. */
  readonly serverVariables: Readonly<Record<string, string>>
  /** A tab on a room of a persona that is this test's own, in the one browser of all tests that ask for no more. */
  readonly openRoom: (room: string) => Promise<Page>
  /** Who asks for it can end it; the devices of all others are served by this process, which takes a second less. */
  readonly server: JourneyServer
  /** A new device; the same `profile` again is the same device after a restart. */
  readonly device: (options?: DeviceOptions) => Promise<Device>
  /** A folder of the test's own; the server keeps its files in `data`. */
  readonly scratch: string
}

interface InnerFixtures {
  readonly folder: string
  /** The server of this test: a program once there is one, else it starts here with the first device. */
  readonly home: { readonly url: () => Promise<string>; program?: TestServer }
}

interface WorkerFixtures {
  /** One for all tests of a worker; a worker ends with a test that failed, and so does this. */
  readonly sharedBrowser: BrowserContext
}

let personas = 0

export const test = base.extend<Fixtures & InnerFixtures, WorkerFixtures>({
  sharedBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: see below
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'pjai-journeys-'))
      const running = await serveHere(join(folder, 'data'))
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
  folder: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'pjai-journey-'))
    await use(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 5 })
  },

  home: async ({ folder }, use) => {
    let here: ReturnType<typeof serveHere> | undefined
    const home: InnerFixtures['home'] = {
      url: async () => {
        if (home.program !== undefined) return home.program.url
        here ??= serveHere(join(folder, 'data'))
        return (await here).url
      },
    }
    await use(home)
    await (await here)?.stop()
  },

  serverVariables: [{}, { option: true }],

  server: async ({ folder, home, serverVariables: variables }, use) => {
    const dataDir = join(folder, 'data')
    let running = await startServer({ dataDir, variables })
    home.program = running
    await use({
      url: running.url,
      kill: () => running.kill9(),
      restart: async () => {
        running = await startServer({ dataDir, port: running.port, variables })
      },
      restartEmpty: async () => {
        running = await startServer({ dataDir: join(folder, 'empty'), port: running.port, variables })
      },
      keepCopy: () => cp(dataDir, join(folder, 'copy'), { recursive: true }),
      restartFromCopy: async () => {
        await rm(dataDir, { recursive: true })
        await cp(join(folder, 'copy'), dataDir, { recursive: true })
        running = await startServer({ dataDir, port: running.port, variables })
      },
    })
    await running.stop()
  },

  // What the server writes is looked for there, so it is a program whose files are written when it has ended.
  scratch: async ({ folder, server: _ }, use) => use(folder),

  device: async ({ folder, home }, use, testInfo) => {
    const log = join(folder, 'chromium.log')
    const contexts: BrowserContext[] = []
    let count = 0
    await use(async ({ profile = `device${count++}`, ...options } = {}) => {
      const profilePath = join(folder, profile)
      const context = await launch({ profilePath, url: await home.url(), log, ...options })
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

interface LaunchOptions extends DeviceOptions {
  readonly profilePath: string
  readonly url: string
  readonly log: string
}

const launch = async ({
  profilePath,
  url,
  log,
  phone = false,
  dark = false,
  installs = false,
  indexes = false,
  flags = [],
}: LaunchOptions) => {
  const context = await chromium.launchPersistentContext(profilePath, {
    args: [...chromiumFlags, ...flags, '--enable-logging', `--log-file=${log}`],
    baseURL: url,
    viewport: phone ? phoneScreen : desk,
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce', // nothing fades: what is there can be pressed and judged
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  context.setDefaultTimeout(60_000) // the first store of a new device opens in its own time
  if (!installs) await context.addInitScript(putInstallationOff)
  if (!indexes) await context.addInitScript(spareData)
  return context
}

// A candidate is asked for its version, which starts a browser: once is enough.
const executablePath = findChromium()

/** To fetch the whole app costs a device as much as to open it. */
const putInstallationOff = () => {
  if ('serviceWorker' in navigator) navigator.serviceWorker.register = () => new Promise(() => {})
}

/** To keep an index costs a device as much as to write what is in it. */
const spareData = () => {
  Object.defineProperty(navigator, 'connection', { value: { saveData: true } })
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
    Reflect.deleteProperty(navigator.serviceWorker, 'register') // which puts it off
    return navigator.serviceWorker.register('/sw.js').then(() => 'registered', String)
  })

/** To another address as a link of the app leads there: what is open stays open, which `page.goto` opens anew. */
export const follow = async (page: Page, address: string) => {
  // What lets somebody in, and the home of whoever has personas, go on by themselves, and would undo this.
  await page.waitForFunction(() => {
    if (/^\/(join|share|recover|sign-in)$/.test(location.pathname)) return false
    return location.pathname !== '/' || document.querySelector('nav a[href^="/p/"]') === null
  })
  await page.evaluate((to) => history.pushState({}, '', to), address)
  await page.waitForFunction(() => {
    const { __TSR_ROUTER__: router } = window as { readonly __TSR_ROUTER__?: AnyRouter } // it leaves itself there
    return router !== undefined && router.state.resolvedLocation?.href === router.history.location.href
  })
}

export { expect }
