import type { Shard } from './use-shards.ts'

export interface Standing {
  readonly said: string
  readonly tone: 'bad' | 'idle' | 'plain'
}

/** How it stands with a store, in a word or two. */
export const standingOf = ({ state, refusal, connected, waiting }: Shard): Standing => {
  if (refusal !== null) return { said: `refused: ${refusal}`, tone: 'bad' }
  if (state === 'failed') return { said: 'could not be opened', tone: 'bad' }
  if (state !== 'open') return { said: waiting === 0 ? 'closed, synced' : 'closed, owes the server', tone: 'idle' }
  if (!connected) return { said: 'offline', tone: 'plain' }
  return { said: waiting === 0 ? 'synced' : 'syncing', tone: 'plain' }
}
