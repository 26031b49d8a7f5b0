import { useEffect, useState } from 'react'
import type { Makers } from '#web/services/history/compare.ts'
import { openStoreHistory, type StoreHistory } from '#web/services/history/history.ts'
import type { ReplayProgress } from '#web/services/history/history-protocol.ts'

export interface OpenedHistory {
  readonly history: StoreHistory
  readonly makers: Makers
}

/** The log of a store, replayed once as long as the view is there; `reopen` takes what came since. */
export const useOpenedHistory = (storeId: string) => {
  const [opened, setOpened] = useState<OpenedHistory | Error>()
  const [progress, setProgress] = useState<ReplayProgress>()
  const [round, setRound] = useState(0)
  useEffect(() => {
    let isOver = false
    let history: StoreHistory | undefined
    const open = async () => {
      history = await openStoreHistory(storeId, (now) => {
        if (!isOver) setProgress(now)
      })
      if (isOver) return history.close()
      const makers = await history.call('makers', null)
      if (!isOver) setOpened({ history, makers })
    }
    void round // another round opens it anew
    open().catch((error: unknown) => {
      if (!isOver) setOpened(error instanceof Error ? error : new Error(String(error)))
    })
    return () => {
      isOver = true
      history?.close()
    }
  }, [storeId, round])
  const reopen = () => {
    setOpened(undefined)
    setRound((before) => before + 1)
  }
  return { opened, progress, reopen }
}
