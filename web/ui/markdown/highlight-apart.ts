import type { Coloured, Lines, ToColour } from './highlight.ts'
import HighlightWorker from './highlight.worker.ts?worker'

/** What `highlight` gives, made in a worker: a grammar takes a tenth of a second to get going, and no frame waits for it. */
export const highlightApart = (code: string, language: string): Promise<Lines | undefined> => {
  if (language === '') return Promise.resolve(undefined)
  worker ??= startWorker()
  const serial = serials++
  const answer = new Promise<Lines | undefined>((resolve) => waiting.set(serial, resolve))
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
  worker.postMessage({ serial, code, language } satisfies ToColour)
  return answer
}

let worker: Worker | undefined
let serials = 0
const waiting = new Map<number, (lines: Lines | undefined) => void>()

const startWorker = () => {
  const started = new HighlightWorker()
  started.addEventListener('message', ({ data: { serial, lines } }: MessageEvent<Coloured>) => {
    waiting.get(serial)?.(lines)
    waiting.delete(serial)
  })
  started.addEventListener('error', () => {
    // It could not be loaded. The next one who asks tries again.
    for (const resolve of waiting.values()) resolve(undefined)
    waiting.clear()
    worker = undefined
  })
  return started
}
