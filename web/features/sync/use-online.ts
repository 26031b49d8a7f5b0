import { useSyncExternalStore } from 'react'

/** What the browser says of the network: false is certain, true is not. */
export const useOnline = () => useSyncExternalStore(subscribe, () => navigator.onLine)

const subscribe = (listener: () => void) => {
  window.addEventListener('online', listener)
  window.addEventListener('offline', listener)
  return () => {
    window.removeEventListener('online', listener)
    window.removeEventListener('offline', listener)
  }
}
