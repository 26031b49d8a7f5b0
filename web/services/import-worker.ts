import ImportWorker from './import.worker.ts?worker'
import type { ImportCalls, ReadingProgress } from './import-protocol.ts'
import { callsTo, type WorkerCalls } from './worker-calls.ts'

export type ImportReader = WorkerCalls<ImportCalls>

/** Starts the worker that reads files. It holds their plans until it ends. */
export const startImportReader = (onProgress: (fileName: string, part: number) => void): ImportReader =>
  callsTo<ImportCalls, ReadingProgress>(
    new ImportWorker(),
    'The part of the page that reads files could not be loaded.',
    ({ fileName, progress }) => onProgress(fileName, progress),
  )
