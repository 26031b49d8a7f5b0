import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, test as base, expect, type Page } from '@playwright/test'
import type { AnyRouter } from '@tanstack/react-router'
import { complaintsIn, type DeviceOptions, launch, renderersOf } from './launch.ts'
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

interface Fixtures {
  /** What the environment says to the server of `server`. */
  readonly serverVariables: Readonly<Record<string, string>>
  /** A tab on a room of a persona that is this test's own, in the one browser of all tests that ask for no more. */
  readonly openRoom: (room: string) => Promise<Page>
  /** Who asks for it has it alone and can end it; the devices of all others share one. */
  readonly server: JourneyServer
  /** A new device; the same `profile` again is the same device after a restart. */
  readonly device: (options?: DeviceOptions & { readonly profile?: string }) => Promise<Device>
  /** A folder of the test's own, where each device keeps its profile. */
  readonly folder: string
  /** The same, where the test's own server keeps its files in `data`. */
  readonly scratch: string
}

interface InnerFixtures {
  /** The server of this test's devices: its own once there is one, else that of all tests. */
  readonly home: { readonly url: () => Promise<string>; program?: TestServer }
}

/** One for all tests of a worker; a worker ends with a test that failed, and so do these. */
interface WorkerFixtures {
  /** Its address. Accounts keep tests apart: a fixed id of a store may stand in one test only. */
  readonly sharedServer: string
  readonly sharedBrowser: BrowserContext
}

let personas = 0

export const test = base.extend<Fixtures & InnerFixtures, WorkerFixtures>({
  sharedServer: [
    // biome-ignore lint/correctness/noEmptyPattern: see below
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'pjai-journeys-'))
      const running = await serveHere(folder)
      await use(running.url)
      await running.stop()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
    { scope: 'worker' },
  ],

  sharedBrowser: [
    async ({ sharedServer }, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'pjai-journeys-'))
      const context = await launch({ profilePath: join(folder, 'device'), url: sharedServer, log: join(folder, 'log') })
      await use(context)
      await context.close()
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

  home: async ({ sharedServer }, use) => {
    const home: InnerFixtures['home'] = { url: async () => home.program?.url ?? sharedServer }
    await use(home)
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
      let [blank] = context.pages() // a browser begins with a tab
      return {
        context,
        open: async (path = '/') => {
          const page = blank ?? (await context.newPage())
          blank = undefined
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

/** What is asked for comes when the function that is given is called. */
export const holdUp = async (where: Pick<Page, 'route'>, address: RegExp) => {
  let letIn = () => {}
  const isLetIn = new Promise<void>((resolve) => {
    letIn = resolve
  })
  await where.route(address, async (route) => {
    await isLetIn
    await route.continue()
  })
  return () => letIn()
}

export { expect }
