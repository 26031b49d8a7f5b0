import { Notifications } from '@mantine/notifications'

export const ToastHost = () => <Notifications position="bottom-center" limit={3} />
