import { type ReactNode, use } from 'react'
import { EmptyState } from '#web/ui/empty-state.tsx'

/**
 * Without shared workers (Chrome on Android) each tab would be its own leader over the same files, and the second could
 * not open them: there, one tab at a time.
 */
const isOnlyTab: Promise<boolean> =
  typeof SharedWorker === 'undefined'
    ? new Promise((resolve) => {
        void navigator.locks.request('pjai-single-tab', { ifAvailable: true }, (held) => {
          resolve(held !== null)
          return held === null ? undefined : new Promise(() => undefined)
        })
      })
    : Promise.resolve(true)

export const SingleTab = ({ children }: { readonly children: ReactNode }) =>
  use(isOnlyTab) ? (
    children
  ) : (
    <EmptyState
      title="PJai is open in another tab"
      text="This browser can have it open in one tab at a time. Close the other tab and reload this one; nothing is lost."
    />
  )
