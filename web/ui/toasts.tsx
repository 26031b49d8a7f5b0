import { useNotifications } from '@mantine/notifications'
import { lazy, Suspense, useState } from 'react'

const ToastHost = lazy(() => loaded().then(({ ToastHost }) => ({ default: ToastHost })))

/** Where toasts appear. What draws them is fetched with the first one. */
export const Toasts = () => {
  const { notifications } = useNotifications()
  const [isWanted, setWanted] = useState(false)
  // From then on it stays, or the last one would vanish without its farewell.
  if (!isWanted && notifications.length > 0) setWanted(true)
  return <Suspense fallback={null}>{isWanted && <ToastHost />}</Suspense>
}

/** Tried until there is a network: the first toast of a new device may come without one, and nothing else may suffer. */
const loaded = (): Promise<typeof import('./toast-host.tsx')> =>
  import('./toast-host.tsx').catch(async () => {
    await new Promise((resume) => setTimeout(resume, 2000))
    return loaded()
  })
