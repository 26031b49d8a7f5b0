import { useSyncExternalStore } from 'react'

/** The sample on its way. The welcome is shown before the workspace's store is open, and again by the room once it is. */
interface SampleComing {
  /** 0–1, while it comes. */
  readonly progress?: number
  readonly failure?: Error
}

export const useSampleComing = (): SampleComing => useSyncExternalStore(subscribe, () => coming)

/** The page moves on by itself: the address `/` leads to the first persona as soon as there is one. */
export const bringSampleHere = async () => {
  if (coming.progress !== undefined) return
  tell({ progress: 0 })
  tell(
    await bring().then(
      () => ({}),
      (cause: unknown) => ({ failure: cause instanceof Error ? cause : new Error(String(cause)) }),
    ),
  )
}

const bring = async () => {
  // What the first page does without.
  const [{ openWorkspace }, { bringSample }] = await Promise.all([
    import('#web/livestore/stores.ts'),
    import('#web/services/sample.ts'),
  ])
  await bringSample(await openWorkspace(), (progress) => tell({ progress }))
}

let coming: SampleComing = {}
const listeners = new Set<() => void>()

const tell = (now: SampleComing) => {
  coming = now
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
