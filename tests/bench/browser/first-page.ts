import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { atMost, type Measured, measured } from '#tests/bench/figure.ts'
import { type Lab, tabOf } from '#tests/bench/lab.ts'

/** The script that a new device loads before there is something to read, and before its store is open; its workers apart. */
export const firstPageBench = async (lab: Lab): Promise<readonly Measured[]> => {
  const first = await scriptsOf(tabOf(await lab.device()), await lab.appUrl(), 'main :is(h1, h2, button)')
  const app = await scriptsOf(tabOf(await lab.device()), await lab.appUrl(), 'header h1')
  const bare = await scriptsOf(tabOf(await lab.device()), `${await lab.baselineUrl()}/bare.html`, 'main h1')
  const baseline = 'a page that opens bare LiveStore on the same tables, gzip'
  const budget = { unit: 'kB', baseline }
  const encodings = first.page.map(({ encoding }) => encoding ?? 'none')
  const sent = encodings.every((encoding) => encoding === 'none')
    ? 'gzip -9; the server sends it uncompressed'
    : `as sent: ${[...new Set(encodings)].join(', ')}`
  return [
    measured({
      ...budget,
      name: `first page script (${sent})`,
      ours: [kilobytes(first.page, asSent)],
      theirs: [kilobytes(bare.page, ({ gzip }) => gzip)],
      budget: atMost(250),
    }),
    measured({
      ...budget,
      name: 'script until the store is open',
      ours: [kilobytes(app.page, asSent)],
      theirs: [kilobytes(bare.page, ({ gzip }) => gzip)],
    }),
    measured({
      ...budget,
      name: 'first page script, brotli',
      ours: [kilobytes(first.page, ({ brotli }) => brotli)],
      theirs: [kilobytes(bare.page, ({ gzip }) => gzip)],
    }),
    measured({
      ...budget,
      name: 'first page, script of dedicated workers, gzip',
      ours: [kilobytes(app.workers, ({ gzip }) => gzip)],
      theirs: [kilobytes(bare.workers, ({ gzip }) => gzip)],
    }),
  ]
}

const asSent = ({ transferred, encoding, gzip }: Script) => (encoding === undefined ? gzip : transferred)

interface Script {
  readonly url: string
  readonly encoding: string | undefined
  readonly transferred: number
  readonly gzip: number
  readonly brotli: number
}

const scriptsOf = async (page: Page, url: string, usable: string) => {
  const pending: Promise<Script | undefined>[] = []
  page.context().on('response', (response) => {
    if (!new URL(response.url()).pathname.endsWith('.js') || response.request().serviceWorker() !== null) return
    pending.push(
      response.body().then(
        async (body) => ({
          url: response.url(),
          encoding: await response.headerValue('content-encoding').then((it) => it ?? undefined),
          transferred: (await response.request().sizes()).responseBodySize,
          gzip: gzipSync(body, { level: 9 }).byteLength,
          brotli: brotliCompressSync(body).byteLength,
        }),
        () => undefined,
      ),
    )
  })
  await page.addInitScript(noteFirst, usable)
  await page.goto(url)
  await page.locator(usable).first().waitFor()
  const before = new Set(await page.evaluate(() => globalThis.askedBefore?.()))
  const all = (await Promise.all(pending)).filter((script) => script !== undefined)
  const scripts = all.filter(({ url }) => isWorker(url) || before.has(url))
  return {
    page: scripts.filter(({ url }) => !isWorker(url)),
    workers: scripts.filter(({ url }) => isWorker(url)),
  }
}

declare global {
  /** The addresses a page had asked for when what makes it usable came. */
  var askedBefore: (() => readonly string[]) | undefined
}

/** Runs in the page. */
const noteFirst = (usable: string) => {
  const observer = new MutationObserver(() => {
    if (document.querySelector(usable) === null) return
    observer.disconnect()
    const shownAt = performance.now()
    const resources = () => performance.getEntriesByType('resource')
    globalThis.askedBefore = () => resources().flatMap(({ name, startTime }) => (startTime < shownAt ? [name] : []))
  })
  observer.observe(document, { childList: true, subtree: true })
}

/** By the names the build gives them. */
const isWorker = (url: string) => /worker/.test(new URL(url).pathname)

const kilobytes = (scripts: readonly Script[], bytesOf: (script: Script) => number) =>
  scripts.reduce((sum, script) => sum + bytesOf(script), 0) / 1000
