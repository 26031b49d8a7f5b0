import type { SealedFor } from '#bundle/secrets.ts'
import type { Anchor } from '#proof/checkpoint.ts'
import { personaStoreId } from '#web/livestore/stores.ts'
import { noteExport } from '#web/services/access-log.ts'
import { callsTo } from '#web/services/worker-calls.ts'
import { saveBlob } from '#web/ui/save-blob.ts'
import BundleWorker from './bundle.worker.ts?worker'
import type { BundleCalls, BundleProgress, Made, VerifiedBundle } from './bundle-protocol.ts'
import { removeScratch } from './scratch.ts'

/** Work that goes on in a worker until it ends or is stopped. What was stopped is never answered. */
export interface Running<Answer> {
  readonly answer: Promise<Answer>
  readonly stop: () => void
}

interface Export {
  readonly personaId: string
  readonly fileName: string
  readonly anchors: readonly Anchor[]
  readonly sealedFor: SealedFor
  readonly out: FileSystemFileHandle | null
}

/** Makes the bundle of a persona and hands it over: where the person wants it, or as a download. */
export const exportBundle = (
  { personaId, fileName, ...asked }: Export,
  onProgress: (progress: BundleProgress) => void,
): Running<Made> => {
  const running = runningIn((call) => call('make', { storeId: personaStoreId(personaId), ...asked }), onProgress)
  const answer = running.answer.then((made) => {
    if (made.file !== null) {
      saveBlob(made.file, fileName)
      setTimeout(() => void removeScratch(), 60_000) // the browser reads it a moment later
    }
    noteExport(personaId)
    return made
  })
  return { ...running, answer }
}

/** Verifies a file without taking anything of it in. */
export const verifyBundleFile = (file: File, onProgress: (progress: BundleProgress) => void): Running<VerifiedBundle> =>
  runningIn((call) => call('verify', { file }), onProgress)

type Call = ReturnType<typeof callsTo<BundleCalls, BundleProgress>>['call']

const runningIn = <Answer>(
  work: (call: Call) => Promise<Answer>,
  onProgress: (progress: BundleProgress) => void,
): Running<Answer> => {
  const { call, end } = callsTo<BundleCalls, BundleProgress>(
    new BundleWorker(),
    'The part of the page that makes and reads bundles could not be loaded.',
    onProgress,
  )
  return { answer: work(call).finally(end), stop: end }
}

/**
 * Where the person wants a file, asked for at a click; null where the browser only downloads, undefined when he chose
 * nowhere.
 */
export const chosenPlace = async (suggestedName: string): Promise<FileSystemFileHandle | null | undefined> => {
  if (window.showSaveFilePicker === undefined) return null
  try {
    return await window.showSaveFilePicker({
      suggestedName,
      types: [{ description: 'PJai persona', accept: { 'application/octet-stream': ['.persona'] } }],
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined
    throw error
  }
}

declare global {
  interface Window {
    /** Not in every browser, and not in TypeScript's. */
    readonly showSaveFilePicker?: (options: {
      readonly suggestedName: string
      readonly types: readonly { readonly description: string; readonly accept: Record<string, readonly string[]> }[]
    }) => Promise<FileSystemFileHandle>
  }
}
