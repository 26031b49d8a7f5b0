import { useSearch } from '@tanstack/react-router'
import { ExplorerRoom } from '#web/features/shard-explorer/explorer-room.tsx'
import { ShardsPage } from '#web/features/sync/shards-page.tsx'

/** All shards; or, where the address names one, what is in it. */
export default function Shards() {
  const { store } = useSearch({ from: '/shards' })
  return store === undefined ? <ShardsPage /> : <ExplorerRoom />
}
