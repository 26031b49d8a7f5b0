import { Badge, Text } from '@mantine/core'
import { MonitorSmartphone } from 'lucide-react'
import { devices$ } from '#schema/workspace/queries.ts'
import { session } from '#web/livestore/session.ts'
import { useWorkspaceStore } from '#web/livestore/store-views.tsx'
import { RelativeTime } from '#web/ui/times.tsx'
import classes from './settings.module.css'

export const DevicesSetting = () => {
  const devices = useWorkspaceStore().useQuery(devices$)
  return (
    <ul className={classes.rows}>
      {devices.map(({ deviceId, browser, platform, lastSeenAt }) => (
        <li key={deviceId} className={classes.row}>
          <MonitorSmartphone size={16} aria-hidden />
          <Text size="sm" className={classes.grow}>
            {browser} on {platform}
          </Text>
          {deviceId === session.deviceId ? (
            <Badge variant="default" tt="none" fw={400}>
              This device
            </Badge>
          ) : (
            <Text size="sm" c="dimmed">
              Seen <RelativeTime at={lastSeenAt} />
            </Text>
          )}
        </li>
      ))}
    </ul>
  )
}
