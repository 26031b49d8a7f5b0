import { ShardsPage } from '#web/features/sync/shards-page.tsx'

export default function Shards() {
  return <ShardsPage />
}
