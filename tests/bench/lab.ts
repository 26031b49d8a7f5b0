import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page } from '@playwright/test'
import { build, type InlineConfig, type PreviewServer, preview } from 'vite'
import { chromiumFlags, ensureChromium, findChromium } from '#tests/support/chromium.mjs'
import { startServer, type TestServer } from '#tests/support/server.ts'
import { peers } from './peers/peers.ts'
import { installStopwatch } from './stopwatch.ts'

/** What benches measure with. Nothing is started before a bench asks for it; `close` ends all of it. */
export interface Lab {
  /** A folder that is gone afterwards. */
  readonly scratch: string
  /** The address of the built app, served as `npm start` does. */
  readonly appUrl: () => Promise<string>
  /** The address of `page/`: what the app is compared with. */
  readonly baselineUrl: () => Promise<string>
  /** The address of `peers/`: a page a peer. */
  readonly peersUrl: () => Promise<string>
  /** A browser with a profile of its own, or with one of a name: that of the browser before it, which was closed. */
  readonly device: (profile?: string) => Promise<BrowserContext>
  /** Made once, for every bench that asks. */
  readonly shared: <A>(make: (lab: Lab) => Promise<A>) => Promise<A>
  readonly close: () => Promise<void>
}

export const openLab = async (): Promise<Lab> => {
  const scratch = await mkdtemp(join(tmpdir(), 'pjai-bench-'))
  const contexts: BrowserContext[] = []
  const made = new Map<unknown, Promise<unknown>>()
  let server: TestServer | undefined
  const sites = new Map<string, Promise<PreviewServer>>()
  const siteUrl = async (folder: string, pages: readonly string[]) => {
    const site = sites.get(folder) ?? serveSite(folder, pages)
    sites.set(folder, site)
    return `http://127.0.0.1:${new URL((await site).resolvedUrls?.local[0] ?? '').port}`
  }

  const lab: Lab = {
    scratch,
    appUrl: async () => {
      server ??= await startServer({ dataDir: join(scratch, 'data') })
      return server.url
    },
    baselineUrl: () => siteUrl('page', ['plain', 'bare', 'replay']),
    peersUrl: () => siteUrl('peers', ['blank', ...peers.map(({ page }) => page)]),
    device: async (profile = `device${contexts.length}`) => {
      await ensureChromium()
      const context = await launch(join(scratch, profile))
      contexts.push(context)
      return context
    },
    shared: (make) => {
      if (!made.has(make)) made.set(make, make(lab))
      // What a function made is what it makes.
      return made.get(make) as ReturnType<typeof make>
    },
    close: async () => {
      await Promise.allSettled([server?.stop(), ...contexts.map((context) => context.close())])
      await Promise.allSettled([...sites.values()].map(async (site) => closeSite(await site)))
      await rm(scratch, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return lab
}

const launch = async (profile: string): Promise<BrowserContext> => {
  const executablePath = findChromium()
  const context = await chromium.launchPersistentContext(profile, {
    args: chromiumFlags,
    viewport: { width: 1280, height: 800 },
    ...(executablePath === undefined ? {} : { executablePath }),
  })
  // What compiles these files names every function by a call that the page does not know.
  await context.addInitScript('globalThis.__name = (it) => it')
  await context.addInitScript(installStopwatch)
  return context
}

/** The tab a device starts with: a second one would be in the background, where frames are rare. */
export const tabOf = (context: BrowserContext): Page => {
  const [page] = context.pages()
  if (page === undefined) throw new Error('The browser started without a tab.')
  return page
}

/** Builds the pages, each by itself, and serves them. */
const serveSite = async (folder: string, pages: readonly string[]): Promise<PreviewServer> => {
  const root = new URL(`${folder}/`, import.meta.url).pathname
  const config: InlineConfig = {
    configFile: false,
    root,
    logLevel: 'error',
    // What a page asks for and is not there is missing, as without a server.
    appType: 'mpa',
    build: {
      outDir: `../../../node_modules/.cache/bench/${folder}`,
      emptyOutDir: true,
      rolldownOptions: { input: pages.map((name) => `${root}${name}.html`) },
    },
    worker: { format: 'es' },
    optimizeDeps: { exclude: ['@livestore/wa-sqlite', '@sqlite.org/sqlite-wasm', '@electric-sql/pglite'] },
    preview: { host: '127.0.0.1', port: 0, strictPort: false },
  }
  await build(config)
  return preview(config)
}

const closeSite = async (site: PreviewServer) => {
  // A connection that is kept alive would hold it open.
  if ('closeAllConnections' in site.httpServer) site.httpServer.closeAllConnections()
  await site.close()
}
