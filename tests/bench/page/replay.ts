// The replay of a log in a worker of a page, and the rows it leaves by bare inserts in the same worker.
import ReplayWorker from './replay.worker.ts?worker'

const worker = new ReplayWorker()

/** Seconds. */
const secondsOf = (call: 'replayed' | 'inserted') =>
  new Promise<number>((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data), { once: true })
    worker.addEventListener('error', ({ message }) => reject(new Error(message)), { once: true })
    worker.postMessage(call, [])
  })

declare global {
  var replaying: (call: 'replayed' | 'inserted') => Promise<number>
}

globalThis.replaying = secondsOf
