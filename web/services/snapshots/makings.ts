import { useSyncExternalStore } from 'react'
import type { WorkspaceStore } from '#web/livestore/stores.ts'
import { makeSnapshot, type SnapshotProgress } from './make-snapshot.ts'

/** A snapshot that is being made. It goes on while the person looks at something else. */
export interface Making {
  readonly progress: SnapshotProgress
  readonly stop: () => void
}

const running = new Map<string, Making>()
const listeners = new Set<() => void>()

export const useMaking = (personaId: string): Making | undefined =>
  useSyncExternalStore(subscribe, () => running.get(personaId))

/** Gives why there is none; undefined when it was made; `stopped` when somebody did not want it any more. */
export const startMaking = async (
  workspace: WorkspaceStore,
  personaId: string,
): Promise<Error | 'stopped' | undefined> => {
  const stopped = new AbortController()
  const stop = () => stopped.abort()
  const onProgress = (progress: SnapshotProgress) => tell(personaId, { progress, stop })
  onProgress({ step: 'read', done: 0, of: 0 })
  try {
    const failure = await makeSnapshot(workspace, personaId, { onProgress, signal: stopped.signal })
    return stopped.signal.aborted ? 'stopped' : failure
  } finally {
    tell(personaId, undefined)
  }
}

const tell = (personaId: string, making: Making | undefined) => {
  if (making === undefined) running.delete(personaId)
  else running.set(personaId, making)
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
