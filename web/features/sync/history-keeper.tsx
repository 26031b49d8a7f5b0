import { useEffect } from 'react'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'

/** While the app is open: sees to it that what the server has of each open store is verified. */
export const HistoryKeeper = () => {
  const workspace = useWorkspaceStore()
  useEffect(() => {
    let stop = () => {}
    let isOver = false
    const start = async () => {
      const { watchHistories } = await import('#web/services/history/watch-histories.ts')
      if (!isOver) stop = watchHistories(workspace)
    }
    const timer = setTimeout(() => void start().catch(() => undefined), 5000) // nobody waits for it; offline: with the next start
    return () => {
      isOver = true
      clearTimeout(timer)
      stop()
    }
  }, [workspace])
  return null
}
