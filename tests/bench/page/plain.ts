// Plain SQLite wasm without LiveStore and without the app: what our numbers are compared with.
import { openPlainInMemory } from '#tests/bench/plain-in-memory.ts'
import type { PlainCalls } from './plain.worker.ts'
import PlainWorker from './plain.worker.ts?worker'

let worker: Worker | undefined

/** A new worker on one of the databases; the one before lets go of its files. */
const start = (directory: string) => {
  worker?.terminate()
  worker = new PlainWorker({ name: directory })
}

/** One at a time. */
const call = <Call extends keyof PlainCalls>(name: Call, ...args: Parameters<PlainCalls[Call]>) =>
  new Promise<Awaited<ReturnType<PlainCalls[Call]>>>((resolve, reject) => {
    if (worker === undefined) throw new Error('No database is open.')
    worker.addEventListener('message', ({ data }) => resolve(data), { once: true })
    worker.addEventListener('error', ({ message }) => reject(new Error(message)), { once: true })
    worker.postMessage([name, ...args], [])
  })

const show = (rows: Awaited<ReturnType<PlainCalls['firstScreen']>>) => {
  const list = document.createElement('div')
  for (const { preview, kind, importance, tags } of rows.slice(0, 20)) {
    const row = document.createElement('div')
    row.style.height = '40px'
    row.textContent = `${importance} ${preview} ${tags} ${kind}`
    list.append(row)
  }
  document.querySelector('main')?.replaceChildren(list)
}

const painted = async (rows: Promise<Awaited<ReturnType<PlainCalls['firstScreen']>>>) => {
  const startedAt = performance.now()
  show(await rows)
  return (await stopwatch.shown(() => true)) - startedAt
}

const plainSqlite = {
  start,
  fill: (ddl: readonly string[], count: number) => call('fill', ddl, count),
  /** Milliseconds to rows on the screen, from nothing but the file. */
  cold: (directory: string) => {
    start(directory)
    return painted(call('firstScreen'))
  },
  warm: () => painted(call('firstScreen')),
  revise: (importance: number) => painted(call('revise', importance)),
  importInWorker: async (url: string) => {
    const text = await (await fetch(url)).text()
    const startedAt = performance.now()
    await call('importChatGpt', text)
    return performance.now() - startedAt
  },
  /** The same in the page itself, in one go: how long nothing else gets its turn. */
  importInPage: async (url: string, ddl: readonly string[]) => {
    const text = await (await fetch(url)).text()
    const store = await openPlainInMemory(ddl)
    const startedAt = performance.now()
    store.importChatGpt(text)
    return performance.now() - startedAt
  },
}

declare global {
  var plain: typeof plainSqlite
}

globalThis.plain = plainSqlite
