import { useEffect, useState } from 'react'
import type { AttachmentDraft } from '#schema/attachments/commands.ts'
import { newId } from '#web/livestore/session.ts'
import { usePersonaId } from '#web/livestore/store-views.tsx'

/** A file whose bytes are on their way into this device. */
export interface ComingFile {
  readonly id: string
  readonly name: string
  /** From 0 to 1. */
  readonly part: number
  readonly stop: AbortController
}

/** Takes files in, one after the other. What is refused says so, and the others still come. */
export const useAttaching = (onRefused: (refusal: Error) => void, onKept: (file: AttachmentDraft) => void) => {
  const personaId = usePersonaId()
  const [coming, setComing] = useState<readonly ComingFile[]>([])
  useWarnBeforeLeaving(coming.length > 0)

  const takeIn = async (files: readonly File[]) => {
    const known = files.map((file) => ({ file, id: newId(), stop: new AbortController() }))
    setComing((before) => [...before, ...known.map(({ file, id, stop }) => ({ id, name: file.name, part: 0, stop }))])
    const { keepFile } = await import('#web/services/attachments/keep-file.ts')
    for (const { file, id, stop } of known) {
      const onProgress = (part: number) =>
        setComing((before) => before.map((other) => (other.id === id ? { ...other, part } : other)))
      const refusal = await keepFile(personaId, file, { signal: stop.signal, onProgress, onKept })
      if (refusal !== undefined && !stop.signal.aborted) onRefused(refusal)
      setComing((before) => before.filter((other) => other.id !== id))
    }
  }
  return {
    coming,
    attach: (files: readonly File[]) => {
      takeIn(files).catch((error: unknown) => {
        setComing([])
        onRefused(error instanceof Error ? error : new Error(String(error)))
      })
    },
    leave: ({ stop }: ComingFile) => stop.abort(),
  }
}

/** A file that is half read is lost with the page: its bytes are the browser's only as long as that. */
const useWarnBeforeLeaving = (isNeeded: boolean) =>
  useEffect(() => {
    if (!isNeeded) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [isNeeded])
