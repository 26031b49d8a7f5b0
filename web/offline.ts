import { registerSW } from 'virtual:pwa-register'
import { notifications } from '@mantine/notifications'

/** Makes the app open without a network, and offers a new version instead of swapping it under the person's hands. */
export const workOffline = () => {
  const update = registerSW({
    onNeedRefresh: () =>
      notifications.show({
        title: 'A new version is ready',
        message: 'Click here to reload into it. Nothing you wrote is lost.',
        autoClose: false,
        withBorder: true,
        style: { cursor: 'pointer' },
        onClick: () => void update(true),
      }),
  })
}
