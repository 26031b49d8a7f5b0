import { useEffect, useState } from 'react'
import { personaStoreId } from '#web/livestore/stores.ts'
import type { ReplayProgress } from '#web/services/history/history-protocol.ts'
import { sharedHistory } from '#web/services/history/shared-history.ts'
import { type MemoryVersion, toMemoryVersion } from './memory-versions.ts'

interface Known {
  readonly versions?: readonly MemoryVersion[]
  readonly progress?: ReplayProgress
  readonly failure?: string
}

/** Every version of a memory, read from the log again whenever `mark` changes; until then what was read before. */
export const useMemoryVersions = (personaId: string, memoryId: string, mark: string): Known => {
  const [known, setKnown] = useState<Known>({})
  // biome-ignore lint/correctness/useExhaustiveDependencies: the log has grown when the mark changes
  useEffect(() => {
    const left = new AbortController()
    const tell = (change: Known) => {
      if (!left.signal.aborted) setKnown((before) => ({ ...before, ...change }))
    }
    const read = async () => {
      const history = await sharedHistory(personaStoreId(personaId), (progress) => tell({ progress }), left.signal)
      try {
        const versions = await history.call('versionsOf', { kind: 'memory', id: memoryId })
        tell({ versions: versions.map(toMemoryVersion) })
      } finally {
        history.close()
      }
    }
    read().catch((error: unknown) => tell({ failure: error instanceof Error ? error.message : String(error) }))
    return () => left.abort()
  }, [personaId, memoryId, mark])
  return known
}
