import ImportWorker from './import.worker.ts?worker'
import type { Answer, ImportCalls } from './import-protocol.ts'

export interface ImportReader {
  readonly call: <Call extends keyof ImportCalls>(
    call: Call,
    asked: ImportCalls[Call][0],
  ) => Promise<ImportCalls[Call][1]>
  /** Ends it, in the middle of whatever it reads. What was asked is never answered. */
  readonly end: () => void
}

/** Starts the worker that reads files. It holds their plans until it ends. */
export const startImportReader = (onProgress: (fileName: string, part: number) => void): ImportReader => {
  const worker = new ImportWorker()
  const waiting = new Map<number, { resolve: (answer: never) => void; reject: (error: Error) => void }>()
  let serials = 0

  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    if ('progress' in data) return onProgress(data.fileName, data.progress)
    const asker = waiting.get(data.serial)
    waiting.delete(data.serial)
    if ('failure' in data) asker?.reject(new Error(data.failure))
    // The worker answers each call with what the protocol says.
    else asker?.resolve(data.answer as never)
  })
  worker.addEventListener('error', ({ message }) => {
    const error = new Error(message || 'The part of the page that reads files could not be loaded.')
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  })

  return {
    call: (call, asked) =>
      new Promise((resolve, reject) => {
        const serial = serials++
        waiting.set(serial, { resolve, reject })
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
        worker.postMessage({ call, serial, asked })
      }),
    end: () => worker.terminate(),
  }
}
