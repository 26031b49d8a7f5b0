import { useState } from 'react'
import { sentenceOf } from './causes.ts'
import { StoreFailedView } from './store-failed-view.tsx'
import { pool } from './stores.ts'

interface StoreFailedProps {
  readonly storeId: string
  readonly error: unknown
}

export const StoreFailed = ({ storeId, error }: StoreFailedProps) => {
  const [isBusy, setBusy] = useState(false)
  const act = (mend: () => Promise<unknown>) => async () => {
    setBusy(true)
    await mend().catch(() => undefined) // what fails again says so again
    await pool.retry(storeId).catch(() => undefined)
    setBusy(false)
  }
  return (
    <StoreFailedView
      error={error}
      isBusy={isBusy}
      onRetry={act(async () => undefined)}
      onBringToServer={act(() => bringToServer(storeId))}
      onRebuild={act(async () => (await recovery()).rebuildState(storeId))}
      onFetchAgain={act(async () => (await recovery()).setAsideAndRefetch(storeId, sentenceOf(error), 'unconfirmed'))}
    />
  )
}

/** Needed on few days. */
const recovery = () => import('./recovery.ts')

const bringToServer = async (storeId: string) => {
  const { offerAgain, setAsideAndRefetch, setAsides } = await recovery()
  await setAsideAndRefetch(storeId, 'The server lost its log.', 'all')
  await pool.retry(storeId)
  for (const aside of await setAsides()) if (aside.storeId === storeId) await offerAgain(aside)
}
