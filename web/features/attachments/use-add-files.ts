import { useState } from 'react'
import { addAttachment } from '#schema/attachments/commands.ts'
import { execute } from '#web/livestore/execute.ts'
import { newId, stampNow } from '#web/livestore/session.ts'
import { usePersonaId, usePersonaStore } from '#web/livestore/store-views.tsx'
import { keepFile } from '#web/services/attachments/keep-file.ts'
import { showRefusal } from '#web/ui/undo.tsx'

export interface ComingFile {
  readonly id: string
  readonly name: string
  /** From 0 to 1. */
  readonly part: number
  readonly stop: () => void
}

/** Puts files into the persona's room, one after the other. They belong to no conversation. */
export const useAddFiles = () => {
  const store = usePersonaStore()
  const personaId = usePersonaId()
  const [coming, setComing] = useState<readonly ComingFile[]>([])

  const addOne = async (file: File) => {
    const [id, stopped] = [newId(), new AbortController()]
    setComing((before) => [...before, { id, name: file.name, part: 0, stop: () => stopped.abort() }])
    const refusal = await keepFile(personaId, file, {
      signal: stopped.signal,
      onProgress: (part) =>
        setComing((before) => before.map((other) => (other.id === id ? { ...other, part } : other))),
      onKept: (draft) => showRefusal(execute(store, addAttachment({ personaId }, draft, stampNow()))),
    })
    if (!stopped.signal.aborted) showRefusal(refusal)
    setComing((before) => before.filter((other) => other.id !== id))
  }
  return {
    coming,
    add: (files: readonly File[]) => {
      void files.reduce((before, file) => before.then(() => addOne(file)), Promise.resolve())
    },
  }
}
