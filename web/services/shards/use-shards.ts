import { useEffect, useState, useSyncExternalStore } from 'react'
import { shardNotes } from '#web/livestore/shard-notes.ts'
import { pool } from '#web/livestore/stores.ts'
import { useSyncStatuses } from '#web/livestore/sync-status.ts'

export interface Shard {
  readonly storeId: string
  readonly state: 'open' | 'opening' | 'failed' | 'closed'
  readonly events: number
  readonly waiting: number
  readonly connected: boolean
  readonly refusal: string | null
  /** Null: never opened on this device. */
  readonly revision: number | null
  readonly openedAt: Date | null
}

/** Every shard this device has had open, with how it stands now. Read again when a store opens or closes. */
export const useShards = (): readonly Shard[] => {
  const statuses = useSyncStatuses()
  const notes = useNotes()
  const open = new Map(statuses.map((status) => [status.storeId, status]))
  return notes.map((note) => {
    const status = open.get(note.storeId)
    return {
      storeId: note.storeId,
      state: pool.stateOf(note.storeId),
      events: status?.events ?? note.events,
      waiting: status?.waiting ?? note.waiting,
      connected: status?.connected ?? false,
      refusal: status?.refusal?.message ?? null,
      revision: note.revision,
      openedAt: note.openedAt,
    }
  })
}

const useNotes = () => {
  const openIds = useSyncExternalStore(pool.subscribe, () => pool.openIds().join())
  const [notes, setNotes] = useState<Awaited<ReturnType<typeof shardNotes>>>([])
  // The notes of open shards are made true once a second; read them after that.
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when what is open changes
  useEffect(() => {
    let wanted = true
    const read = async () => {
      const found = await shardNotes()
      if (wanted) setNotes(found)
    }
    void read()
    const timer = setTimeout(() => void read(), 1500)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [openIds])
  return notes
}
