import { notifications } from '@mantine/notifications'

/** Makes the app open without a network, and offers a new version instead of swapping it under the person's hands. */
export const workOffline = async (): Promise<void> => {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  try {
    await navigator.serviceWorker.register('/sw.js')
    offerNewVersions(await navigator.serviceWorker.ready)
  } catch {
    // Private windows and full disks have no service worker; the app works without.
  }
}

/** From when the first one is active: whatever is installed after it is newer. */
const offerNewVersions = (registration: ServiceWorkerRegistration) => {
  const watch = () => {
    const next = registration.installing
    next?.addEventListener('statechange', () => {
      if (next.state === 'installed') offer(next)
    })
  }
  if (registration.waiting !== null) offer(registration.waiting)
  watch()
  registration.addEventListener('updatefound', watch)
}

const offer = (next: ServiceWorker) => {
  // In every tab that was offered it, whichever one takes it.
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
  notifications.show({
    id: 'new-version',
    title: 'A new version is ready',
    message: 'Click here to reload into it. Nothing you wrote is lost.',
    autoClose: false,
    withBorder: true,
    style: { cursor: 'pointer' },
    // Workbox's worker knows this message.
    onClick: () => next.postMessage({ type: 'SKIP_WAITING' }),
  })
}
